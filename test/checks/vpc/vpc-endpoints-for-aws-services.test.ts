import endpointsFor from '../../../checks/vpc/vpc-endpoints-for-aws-services.ts';
import { cases } from '../../support/cases.ts';
import { ACCOUNT, endpoint, networkInterface, OTHER_ACCOUNT } from './_network.ts';

const vpc = { id: 'vpc-1', owner: ACCOUNT, isDefault: false };
const s3 = endpoint('com.amazonaws.eu-west-1.s3');
const dynamodb = endpoint('com.amazonaws.eu-west-1.dynamodb', { id: 'vpce-2' });
const ec2 = endpoint('com.amazonaws.eu-west-1.ec2', { id: 'vpce-3', kind: 'Interface', routeTables: [] });
const offered = [{ id: 'eu-west-1', labels: ['s3', 'dynamodb', 'ec2', 'ec2messages', 'ecr.api'] }];
const inUse = { services: offered, interfaces: [networkInterface()] };
const having = (...endpoints: ReturnType<typeof endpoint>[]) => ({ ...inUse, endpoints });
const usedBy = (change: Partial<ReturnType<typeof networkInterface>>) => ({
  services: offered,
  endpoints: [],
  interfaces: [networkInterface(change)],
});
const missing = (...labels: string[]) => ({ evidence: { required: ['s3', 'dynamodb'], missing: labels } });
const CENTRAL = { params: { requiredServices: ['ec2'], centralEndpointVpcs: ['vpc-other', 'vpc-central'] } };

cases(endpointsFor, {
  pass: [
    { name: 'all required', resource: vpc, with: having(s3, dynamodb), evidence: { required: ['s3', 'dynamodb'] } },
    {
      name: 'interface endpoints do as well',
      resource: vpc,
      with: having({ ...s3, kind: 'Interface', routeTables: [] }, dynamodb),
    },
    {
      name: 'a broken one beside one that works',
      resource: vpc,
      with: having({ ...s3, id: 'vpce-9', state: 'failed' }, s3, dynamodb),
    },
    {
      name: 'the name of China',
      resource: { ...vpc, region: 'cn-north-1' },
      with: having(endpoint('cn.com.amazonaws.cn-north-1.ec2')),
      params: { requiredServices: ['ec2'] },
    },
    {
      name: 'a service that the region has no endpoints for',
      resource: vpc,
      with: having(s3),
      params: { requiredServices: ['s3', 'quantum'] },
    },
    { name: 'nothing is required', resource: vpc, with: having(), params: { requiredServices: [] } },
    {
      name: 'a label of two parts',
      resource: vpc,
      with: having(endpoint('com.amazonaws.eu-west-1.ecr.api')),
      params: { requiredServices: ['ecr.api'] },
    },
    {
      name: 'an interface endpoint of a central VPC',
      resource: vpc,
      with: having({ ...ec2, vpc: 'vpc-central' }),
      ...CENTRAL,
    },
  ],
  fail: [
    {
      name: 'none',
      resource: vpc,
      with: having(),
      severity: undefined,
      message: 's3, dynamodb',
      ...missing('s3', 'dynamodb'),
    },
    { name: 'one of two', resource: vpc, with: having(s3), ...missing('dynamodb') },
    { name: 'in another VPC', resource: vpc, with: having(s3, { ...dynamodb, vpc: 'vpc-2' }), ...missing('dynamodb') },
    {
      name: 'in another VPC that is not named central',
      resource: vpc,
      with: having({ ...ec2, vpc: 'vpc-2' }),
      ...CENTRAL,
    },
    {
      name: 'a gateway endpoint of a central VPC, which serves that one alone',
      resource: vpc,
      with: having({ ...ec2, vpc: 'vpc-central', kind: 'Gateway', routeTables: ['rtb-1'] }),
      ...CENTRAL,
    },
    {
      name: 'a broken endpoint of a central VPC',
      resource: vpc,
      with: having({ ...ec2, vpc: 'vpc-central', state: 'failed' }),
      ...CENTRAL,
    },
    ...['pendingacceptance', 'rejected', 'failed', 'deleting'].map((state) => ({
      name: state,
      resource: vpc,
      with: having(s3, { ...dynamodb, state }),
      ...missing('dynamodb'),
    })),
    {
      name: 'a gateway endpoint without route table',
      resource: vpc,
      with: having(s3, { ...dynamodb, routeTables: [] }),
      ...missing('dynamodb'),
    },
    {
      name: 'a service whose name begins with the label',
      resource: vpc,
      with: having(endpoint('com.amazonaws.eu-west-1.ec2messages')),
      params: { requiredServices: ['ec2'] },
    },
    {
      name: 'a service of another region',
      resource: vpc,
      with: having(s3, endpoint('com.amazonaws.eu-west-2.dynamodb')),
      ...missing('dynamodb'),
    },
    {
      name: 'a service of somebody else',
      resource: vpc,
      with: having(s3, endpoint('com.amazonaws.vpce.eu-west-1.vpce-svc-1.dynamodb')),
      ...missing('dynamodb'),
    },
    { name: 'for a function', resource: vpc, with: usedBy({ interfaceType: 'lambda', attachedBy: 'amazon-aws' }) },
    { name: 'for a container', resource: vpc, with: usedBy({ attachedBy: '999988887777' }) },
    ...(['branch', 'trunk', 'efa', 'efa-only'] as const).map((interfaceType) => ({
      name: `for an interface of type ${interfaceType}`,
      resource: vpc,
      with: usedBy({ interfaceType }),
    })),
    { name: 'a default VPC in use', resource: { ...vpc, isDefault: true }, with: having() },
  ],
  skip: [
    { name: 'a VPC of another account', resource: { ...vpc, owner: OTHER_ACCOUNT }, with: having() },
    { name: 'an empty VPC', resource: vpc, with: usedBy({ vpc: 'vpc-2' }) },
    { name: 'a database alone', resource: vpc, with: usedBy({ attachedBy: 'amazon-rds' }) },
    { name: 'an interface that is attached to nothing', resource: vpc, with: usedBy({ attachedBy: null }) },
    ...(['natGateway', 'vpc_endpoint', 'network_load_balancer', 'transit_gateway'] as const).map((interfaceType) => ({
      name: `an interface of type ${interfaceType} alone`,
      resource: vpc,
      with: usedBy({ interfaceType }),
    })),
  ],
});
