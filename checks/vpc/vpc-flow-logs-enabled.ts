import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { describedLog, isCovered, isDelivered, isRecording, isThrottled } from './_flow-coverage.ts';

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
    const { flowLogs, interfaces, params } = context;
    const coveredBy = (works: typeof isDelivered) =>
      isCovered(vpc.id, context, (log) => isRecording(log, params.trafficTypes) && works(log));
    if (coveredBy(isDelivered)) return pass(`flow logs record ${params.trafficTypes.join(' or ')} traffic`);
    const logs = flowLogs.having('resource', vpc.id).all().map(describedLog);
    const verdict = fail('no working flow logs cover the whole VPC', { trafficTypes: params.trafficTypes, logs });
    const isPassing = ifKnown(() => coveredBy((log) => isDelivered(log) || isThrottled(log)), false);
    if (isPassing) return rated('low', 'delivery is throttled for a while', verdict);
    const isIdle = ifKnown(() => !interfaces.having('vpc', vpc.id).some(() => true), false);
    return isIdle ? rated('low', 'the VPC has no network interface', verdict) : verdict;
  },
});
