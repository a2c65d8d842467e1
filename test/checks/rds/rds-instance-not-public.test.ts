import notPublic from '../../../checks/rds/rds-instance-not-public.ts';
import type { ResourceTypes } from '../../../lib/core/model.ts';
import type { Route, Rule } from '../../../lib/network/model.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const flag = { publiclyAccessible: true };
const exposed = { port: 5432, sources: ['0.0.0.0/0'], subnets: ['subnet-b'] };

function rule(change: Partial<Rule> = {}): Rule {
  const sources = { cidrs: ['0.0.0.0/0'], ipv6Cidrs: [], prefixLists: [], groups: [] };
  return { protocol: 'tcp', fromPort: 5432, toPort: 5432, ...sources, ...change };
}

function group(id: string, ...ingress: Rule[]) {
  const base: ResourceTypes['AWS::EC2::SecurityGroup']['base'] = {
    owner: '111122223333',
    vpc: 'vpc-1',
    name: 'databases',
    ingress,
    egress: [],
  };
  return { id, ...base };
}

function route(change: Partial<Route> = {}): Route & { peering: null } {
  const destinations = { destination: '0.0.0.0/0', destinationIpv6: null, prefixList: null };
  return { ...destinations, gatewayId: 'igw-1', state: 'active', ...change, peering: null };
}

const local = route({ destination: '10.0.0.0/16', gatewayId: 'local' });
const settings = { owner: '111122223333', mapPublicIp: false, assignIpv6: false, defaultForAz: false };
const subnetsWith = (internetGatewayBlockMode: 'block-ingress' | null) =>
  ['subnet-a', 'subnet-b'].map((id) => ({ ...settings, id, vpc: 'vpc-1', internetGatewayBlockMode }));
const subnets = subnetsWith(null);
const routeTables = (...publicRoutes: (typeof local)[]) => [
  { id: 'rtb-main', vpc: 'vpc-1', main: true, subnets: [], routes: [local] },
  { id: 'rtb-b', vpc: 'vpc-1', main: false, subnets: ['subnet-b'], routes: [local, ...publicRoutes] },
];

/** A database whose port the world reaches, in a group with one private and one public subnet. */
const open = {
  subnetGroups: [{ id: 'private', vpc: 'vpc-1', subnets: ['subnet-a', 'subnet-b'] }],
  securityGroups: [group('sg-1', rule())],
  subnets,
  routeTables: routeTables(route()),
  prefixLists: [],
};
const worldList = { id: 'pl-1', owner: '111122223333', entries: ['0.0.0.0/1', '128.0.0.0/1'] };
const dual = { ...flag, networkType: 'DUAL' };
const toWorldIpv6 = route({ destination: null, destinationIpv6: '::/0' });
const fromIpv6 = group('sg-1', rule({ cidrs: [], ipv6Cidrs: ['::/0'] }));

const known = /^publicly accessible$/;
const notKnown = 'whether the internet reaches its port is not known';

cases(notPublic, {
  pass: [
    {
      name: 'not publicly accessible, even with an open group in a public subnet',
      resource: instance(),
      with: open,
      evidence: { publiclyAccessible: false },
    },
    { name: 'an Aurora cluster: its instances have the setting', resource: cluster() },
    {
      name: 'a cluster of which both are off',
      resource: cluster({ publiclyAccessible: false, internetAccessGateway: false }),
    },
    { name: 'a member of a cluster', resource: instance({ cluster: 'orders' }) },
  ],
  fail: [
    {
      name: 'flag, open group and public subnet',
      resource: instance(flag),
      with: open,
      severity: 'critical',
      message: 'publicly accessible (critical: the internet reaches its port)',
      evidence: exposed,
    },
    {
      name: 'one public reader of a cluster is enough',
      resource: instance({ ...flag, cluster: 'orders' }),
      with: open,
      severity: 'critical',
    },
    { name: 'a Multi-AZ cluster', resource: cluster({ ...flag, engine: 'mysql' }), with: open, severity: 'critical' },
    {
      name: 'the second group lets the world in',
      resource: instance({
        ...flag,
        securityGroups: [
          { id: 'sg-1', status: 'active' },
          { id: 'sg-2', status: 'active' },
        ],
      }),
      with: { ...open, securityGroups: [group('sg-1'), group('sg-2', rule({ protocol: '-1' }))] },
      severity: 'critical',
    },
    {
      name: 'two groups let half of the world in each',
      resource: instance({
        ...flag,
        securityGroups: [
          { id: 'sg-1', status: 'active' },
          { id: 'sg-2', status: 'active' },
        ],
      }),
      with: {
        ...open,
        securityGroups: [
          group('sg-1', rule({ cidrs: ['0.0.0.0/1'] })),
          group('sg-2', rule({ cidrs: ['128.0.0.0/1'] })),
        ],
      },
      severity: 'critical',
    },
    {
      name: 'the world in a prefix list',
      resource: instance(flag),
      with: {
        ...open,
        securityGroups: [group('sg-1', rule({ cidrs: [], prefixLists: ['pl-1'] }))],
        prefixLists: [worldList],
      },
      severity: 'critical',
    },
    {
      name: 'IPv6 in dual-stack mode',
      resource: instance(dual),
      with: { ...open, securityGroups: [fromIpv6], routeTables: routeTables(toWorldIpv6) },
      severity: 'critical',
      evidence: { ...exposed, sources: ['::/0'] },
    },
    {
      name: 'IPv6 of the network, but the database has IPv4 alone',
      resource: instance({ ...flag, engine: 'mysql' }),
      with: { ...open, securityGroups: [fromIpv6], routeTables: routeTables(toWorldIpv6) },
      message: known,
    },
    {
      name: 'the group is open for IPv6 and the route is one of IPv4',
      resource: instance(dual),
      with: { ...open, securityGroups: [fromIpv6] },
      message: known,
    },
    {
      name: 'flag alone: the group is closed',
      resource: instance(flag),
      with: { ...open, securityGroups: [group('sg-1')] },
      message: known,
      evidence: { publiclyAccessible: true },
    },
    {
      name: 'without endpoint: its port is not known',
      resource: instance({ ...flag, port: null }),
      with: open,
      message: notKnown,
    },
    {
      name: 'open for another port',
      resource: instance({ ...flag, port: 5433 }),
      with: open,
      message: known,
    },
    {
      name: 'the open group is not active',
      resource: instance({ ...flag, securityGroups: [{ id: 'sg-1', status: 'removing' }] }),
      with: open,
      message: known,
    },
    {
      name: 'private subnets only',
      resource: instance(flag),
      with: { ...open, routeTables: routeTables() },
      message: known,
    },
    {
      name: 'internet gateways are blocked in the public subnet',
      resource: instance(flag),
      with: { ...open, subnets: subnetsWith('block-ingress') },
      message: known,
    },
    {
      name: 'a group that the account cannot see',
      resource: instance(flag),
      with: { ...open, securityGroups: [] },
      message: notKnown,
      evidence: { publiclyAccessible: true },
    },
    {
      name: 'subnets that the account cannot see',
      resource: instance(flag),
      with: { ...open, subnets: [] },
      message: notKnown,
    },
    {
      name: 'one subnet that the account cannot see beside a public one',
      resource: instance(flag),
      with: { ...open, subnets: subnets.slice(1) },
      severity: 'critical',
    },
    {
      name: 'a subnet group that is not there',
      resource: instance({ ...flag, subnetGroup: 'gone' }),
      with: open,
      message: notKnown,
    },
    { name: 'no subnet group', resource: instance({ ...flag, subnetGroup: null }), with: open, message: notKnown },
    {
      name: 'route tables that the account cannot see',
      resource: instance(flag),
      with: { ...open, routeTables: [] },
      message: notKnown,
    },
    {
      name: 'a prefix list that the account cannot see',
      resource: instance(flag),
      with: { ...open, securityGroups: [group('sg-1', rule({ cidrs: [], prefixLists: ['pl-2'] }))] },
      message: notKnown,
    },
    {
      name: 'an address of an Outpost that the customer owns',
      resource: instance({ ...flag, customerOwnedIp: true }),
      with: open,
      severity: 'low',
    },
    {
      name: 'an internet access gateway: no VPC and no group in between',
      resource: cluster({ internetAccessGateway: true, subnetGroup: null, securityGroups: [] }),
      message: /^an internet access gateway is enabled$/,
      evidence: { internetAccessGateway: true },
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...flag, ...change }), message })),
    { name: 'a cluster of DocumentDB', resource: cluster({ ...flag, engine: 'docdb' }) },
    {
      name: 'a cluster that is being deleted',
      resource: cluster({ internetAccessGateway: true, status: 'deleting' }),
    },
  ],
});
