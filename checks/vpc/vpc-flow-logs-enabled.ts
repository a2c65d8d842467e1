import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { describedLog, isDelivered, isRecordedBy, rateUncovered } from './_flow-coverage.ts';

export default check({
  id: 'vpc-flow-logs-enabled',
  title: 'Flow logs record at least the rejected traffic of every VPC',
  severity: 'medium',
  why: 'Without flow logs nobody can tell afterwards who probed the network, what got through, and where data went.',
  fix: 'aws ec2 create-flow-logs --resource-type VPC --resource-ids <vpc-id> --traffic-type REJECT --log-group-name <log-group> --deliver-logs-permission-arn <role-arn>',
  resource: 'AWS::EC2::VPC',
  uses: {
    flowLogs: table('AWS::EC2::FlowLog'),
    subnets: table('AWS::EC2::Subnet'),
    interfaces: table('AWS::EC2::NetworkInterface'),
  },
  params: { trafficTypes: ['REJECT', 'ALL'] },
  evaluate(vpc, context) {
    if (vpc.owner !== vpc.account) return skip('the flow logs of a shared VPC belong to its owner');
    const { trafficTypes } = context.params;
    if (isRecordedBy(vpc.id, context, isDelivered))
      return pass(`flow logs record ${trafficTypes.join(' or ')} traffic`);
    const logs = context.flowLogs.having('resource', vpc.id).all().map(describedLog);
    return rateUncovered(vpc.id, context, fail('no working flow logs cover the whole VPC', { trafficTypes, logs }));
  },
});
