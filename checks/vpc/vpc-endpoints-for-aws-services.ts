import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { hasEndpoint } from './_endpoints.ts';
import { isWorkload } from './_interfaces.ts';

export default check({
  id: 'vpc-endpoints-for-aws-services',
  title: 'VPCs with workloads reach AWS services through endpoints',
  severity: 'low',
  why: 'Without an endpoint, traffic to AWS services takes the way of the internet, where no endpoint policy limits whose data may leave.',
  fix: 'aws ec2 create-vpc-endpoint --vpc-id <vpc-id> --service-name com.amazonaws.<region>.<service> --route-table-ids <route-table-id>',
  resource: 'AWS::EC2::VPC',
  uses: {
    endpoints: table('AWS::EC2::VPCEndpoint'),
    interfaces: table('AWS::EC2::NetworkInterface'),
    services: table('AWS::EC2::EndpointServices'),
  },
  params: { requiredServices: ['s3', 'dynamodb'], centralEndpointVpcs: [] as string[] },
  evaluate(vpc, { endpoints, interfaces, services, params }) {
    if (vpc.owner !== vpc.account) return skip("the endpoints of a shared VPC are its owner's");
    if (!interfaces.having('vpc', vpc.id).some(isWorkload))
      return skip('no instance, container or function runs in it');
    const required = params.requiredServices;
    const without = required.filter((label) => !hasEndpoint(label, vpc, params.centralEndpointVpcs, endpoints));
    const missing = without.filter((label) => services.some(({ labels }) => labels.includes(label)));
    if (missing.length === 0) return pass('endpoints lead to all required services that the region has', { required });
    return fail(`no endpoint leads to ${missing.join(', ')}`, { required, missing });
  },
});
