import defaultVpc from '../../../checks/vpc/vpc-default-vpc-not-in-use.ts';
import { cases } from '../../support/cases.ts';
import { ACCOUNT, networkInterface } from './_network.ts';

const vpc = { id: 'vpc-1', owner: ACCOUNT, isDefault: true };
const nat = networkInterface({ id: 'eni-nat', interfaceType: 'natGateway' });
const left = networkInterface({ id: 'eni-2', interfaceType: 'lambda', description: 'AWS Lambda VPC ENI-resize-1f3b' });
const shown = (id: string) => ({ id, interfaceType: 'interface', description: '' });
const many = (count: number) => Array.from({ length: count }, (_, index) => networkInterface({ id: `eni-${index}` }));

cases(defaultVpc, {
  pass: [
    { name: 'empty', resource: vpc, with: { interfaces: [] } },
    { name: 'interfaces in another VPC', resource: vpc, with: { interfaces: [networkInterface({ vpc: 'vpc-2' })] } },
    { name: 'a NAT gateway alone', resource: vpc, with: { interfaces: [nat] } },
    {
      name: 'a NAT gateway alone, by the other name of its type',
      resource: vpc,
      with: { interfaces: [networkInterface({ interfaceType: 'nat_gateway' as 'natGateway' })] },
    },
  ],
  fail: [
    {
      name: 'an interface',
      resource: vpc,
      with: { interfaces: many(1) },
      severity: undefined,
      evidence: { interfaces: [shown('eni-0')] },
    },
    {
      name: 'an interface that Lambda has left behind, beside a NAT gateway',
      resource: vpc,
      with: { interfaces: [nat, left] },
      message: 'it holds network interfaces: 1',
      evidence: {
        interfaces: [{ id: 'eni-2', interfaceType: 'lambda', description: 'AWS Lambda VPC ENI-resize-1f3b' }],
      },
    },
    {
      name: 'ten interfaces, all of them shown',
      resource: vpc,
      with: { interfaces: many(10) },
      evidence: { interfaces: many(10).map(({ id }) => shown(id)) },
    },
    {
      name: 'more interfaces than are shown',
      resource: vpc,
      with: { interfaces: many(11) },
      message: 'it holds network interfaces: 11',
      evidence: { interfaces: many(10).map(({ id }) => shown(id)) },
    },
  ],
  skip: [{ name: 'a VPC of the own making', resource: { ...vpc, isDefault: false }, with: { interfaces: many(1) } }],
});
