import { expect, it } from 'vitest';
import databaseSubnets from '../../../checks/vpc/vpc-database-subnets-private.ts';
import type { View } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';
import { GAP, identified, prefixList, route, routeTable, subnet, TO_INTERNET, TO_INTERNET_IPV6 } from './_network.ts';

const LOCAL = route({ destination: '10.0.0.0/16', gatewayId: 'local' });
const instance = (subnetGroup: string | null) => ({ id: 'db-1', subnetGroup }) as View<'AWS::RDS::DBInstance'>;
const cluster = (subnetGroup: string | null) => ({ id: 'cluster-1', subnetGroup }) as View<'AWS::RDS::DBCluster'>;

const base = { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] };
const databases = { type: 'AWS::RDS::DBSubnetGroup', id: 'orders', arn: 'arn:rds:orders', ...base } as const;
const caches = { type: 'AWS::ElastiCache::SubnetGroup', id: 'orders', arn: 'arn:elasticache:orders', ...base } as const;
const warehouses = {
  type: 'AWS::Redshift::ClusterSubnetGroup',
  id: 'orders',
  arn: 'arn:redshift:orders',
  ...base,
} as const;
const accelerators = { type: 'AWS::DAX::SubnetGroup', id: 'orders', arn: 'arn:dax:orders', ...base } as const;

const isPrivate = routeTable([LOCAL], { id: 'rtb-2', subnets: ['subnet-2'] });
const network = {
  subnets: [subnet(), subnet({ id: 'subnet-2' })],
  routeTables: [routeTable([LOCAL, TO_INTERNET]), isPrivate],
  prefixLists: [] as ReturnType<typeof prefixList>[],
  instances: [instance('orders')],
  clusters: [] as ReturnType<typeof cluster>[],
  caches: [{ ...caches, inUse: true }],
  warehouses: [{ ...warehouses, inUse: true }],
  accelerators: [{ ...accelerators, inUse: true }],
};
/** With these routes in the table of the first subnet; the second one is private. */
const routed = (name: string, ...routes: ReturnType<typeof route>[]) => ({
  name,
  resource: databases,
  with: { ...network, routeTables: [routeTable([LOCAL, ...routes]), isPrivate] },
});
const tables = (name: string, ...routeTables: ReturnType<typeof routeTable>[]) => ({
  name,
  resource: databases,
  with: { ...network, routeTables },
});

cases(databaseSubnets, {
  pass: [
    { ...routed('local routes only'), evidence: { subnets: ['subnet-1', 'subnet-2'] } },
    routed('a NAT gateway', route({ destination: '0.0.0.0/0', gatewayId: null })),
    routed('a VPN gateway', route({ destination: '0.0.0.0/0', gatewayId: 'vgw-1' })),
    routed('an egress-only gateway', route({ destinationIpv6: '::/0', gatewayId: 'eigw-1' })),
    // What stands behind the firewall is not followed: its endpoint is what the subnet routes to.
    routed('a firewall endpoint', route({ destination: '0.0.0.0/0', gatewayId: 'vpce-1' })),
    routed('a gateway that is gone', { ...TO_INTERNET, state: 'blackhole' }),
    routed('one public network through an internet gateway', route({ destination: '18.1.0.0/16' })),
    tables(
      'its own table is private, the main one of the VPC public',
      routeTable([LOCAL, TO_INTERNET], { id: 'rtb-main', main: true, subnets: [] }),
      routeTable([LOCAL], { subnets: ['subnet-1', 'subnet-2'] }),
    ),
    tables(
      'the main table of another VPC is public',
      routeTable([LOCAL, TO_INTERNET], { id: 'rtb-other', vpc: 'vpc-2', main: true, subnets: [] }),
      routeTable([LOCAL], { main: true, subnets: [] }),
    ),
    {
      name: 'public access is blocked',
      resource: databases,
      with: {
        ...network,
        subnets: [subnet({ internetGatewayBlockMode: 'block-bidirectional' }), subnet({ id: 'subnet-2' })],
      },
    },
    {
      name: 'a prefix list of AWS through an internet gateway',
      resource: databases,
      with: {
        ...network,
        routeTables: [routeTable([route({ prefixList: 'pl-1' })]), isPrivate],
        prefixLists: [prefixList('pl-1', [], 'AWS')],
      },
    },
  ],
  fail: [
    {
      ...routed('one of two subnets has a route to an internet gateway', TO_INTERNET),
      severity: undefined,
      message: '1 of its 2 subnets are public',
      evidence: { publicSubnets: ['subnet-1'] },
    },
    routed('for IPv6', TO_INTERNET_IPV6),
    routed('half of the internet', route({ destination: '0.0.0.0/1' })),
    tables(
      'the main table of its VPC',
      routeTable([LOCAL, TO_INTERNET], { main: true, subnets: [] }),
      routeTable([LOCAL], { id: 'rtb-other', vpc: 'vpc-2', main: true, subnets: [] }),
    ),
    {
      name: 'public access is not blocked',
      resource: databases,
      with: { ...network, subnets: [subnet({ internetGatewayBlockMode: 'off' }), subnet({ id: 'subnet-2' })] },
    },
    {
      name: 'a prefix list of the account with the world',
      resource: databases,
      with: {
        ...network,
        routeTables: [routeTable([route({ prefixList: 'pl-1' })]), isPrivate],
        prefixLists: [prefixList('pl-1', ['0.0.0.0/0'])],
      },
    },
    {
      name: 'public for IPv6, and for IPv4 by a prefix list that cannot be seen',
      resource: databases,
      with: { ...network, routeTables: [routeTable([route({ prefixList: 'pl-1' }), TO_INTERNET_IPV6]), isPrivate] },
    },
    {
      name: 'a public subnet beside one that cannot be seen',
      resource: databases,
      with: { ...network, subnets: [subnet()] },
      evidence: { publicSubnets: ['subnet-1'] },
    },
    {
      name: 'a cluster uses the group',
      resource: databases,
      with: { ...network, instances: [instance(null)], clusters: [cluster('orders')] },
      severity: undefined,
    },
    {
      name: 'no database uses the group',
      resource: databases,
      with: { ...network, instances: [instance('others')], clusters: [cluster(null)] },
      severity: 'low',
      message: 'nothing uses the group',
    },
    { name: 'a group of caches', resource: caches, with: network, severity: undefined },
    { name: 'a group of warehouses', resource: warehouses, with: network, severity: undefined },
    { name: 'a group of accelerators', resource: accelerators, with: network, severity: undefined },
    {
      name: 'no cache uses the group',
      resource: caches,
      with: { ...network, caches: [{ ...caches, inUse: false }] },
      severity: 'low',
    },
    {
      name: 'no warehouse uses the group',
      resource: warehouses,
      with: { ...network, warehouses: [{ ...warehouses, inUse: false }] },
      severity: 'low',
    },
    {
      name: 'no accelerator uses the group',
      resource: accelerators,
      with: { ...network, accelerators: [{ ...accelerators, inUse: false }] },
      severity: 'low',
    },
  ],
  unknown: [
    {
      name: 'a subnet of another account',
      resource: databases,
      with: { ...network, subnets: [subnet({ id: 'subnet-2' })] },
      message: 'subnet subnet-1',
    },
    {
      ...tables('a subnet whose route table cannot be seen', isPrivate),
      message: 'the route table of subnet subnet-1',
    },
  ],
});

it('keeps its severity where it was not read what uses the group', () => {
  const denied = table<never>([], GAP);
  const users = { instances: denied, clusters: denied, caches: denied, warehouses: denied, accelerators: denied };
  const places = {
    subnets: table(network.subnets, undefined),
    routeTables: table([routeTable([TO_INTERNET], { main: true, subnets: [] })], undefined),
    prefixLists: denied,
  };
  const context = { now: NOW, params: {}, variant: '', ...users, ...places };
  const verdict = databaseSubnets.evaluate({ ...identified('AWS::RDS::DBSubnetGroup', 'orders'), ...base }, context);
  expect(verdict).toEqual({
    status: 'FAIL',
    message: '2 of its 2 subnets are public',
    evidence: { publicSubnets: ['subnet-1', 'subnet-2'] },
  });
});
