import peeringRoutes from '../../../checks/vpc/vpc-peering-routes-least-access.ts';
import { cases } from '../../support/cases.ts';
import { prefixList, route, routeTable } from './_network.ts';

const peering = {
  id: 'pcx-1',
  status: 'active' as const,
  requester: { vpc: 'vpc-1', cidrs: ['10.1.0.0/16'] },
  accepter: { vpc: 'vpc-2', cidrs: ['10.2.0.0/16', '10.3.0.0/16', '2600:1f18:1::/56'] },
};
const to = (change: Parameters<typeof route>[0]) => route({ gatewayId: null, peering: 'pcx-1', ...change });
const routed = (...routes: ReturnType<typeof to>[]) => ({ routeTables: [routeTable(routes)], prefixLists: [] });
const fromAccepter = (...routes: ReturnType<typeof to>[]) => ({
  routeTables: [routeTable(routes, { id: 'rtb-2', vpc: 'vpc-2' })],
  prefixLists: [],
});
const listed = (...entries: string[]) => ({
  ...routed(to({ prefixList: 'pl-1' })),
  prefixLists: [prefixList('pl-1', entries)],
});
const broad = (destination: string, ...holds: string[]) => ({
  evidence: { routes: [{ routeTable: 'rtb-1', destination, holds }] },
});

cases(peeringRoutes, {
  pass: [
    { name: 'no route', resource: peering, with: routed() },
    { name: 'no route table that the account can see', resource: peering, with: { routeTables: [], prefixLists: [] } },
    {
      name: 'routes to a subnet and a host',
      resource: peering,
      with: routed(to({ destination: '10.2.1.0/24' }), to({ destination: '10.3.0.7/32' })),
    },
    { name: 'a half of the peer', resource: peering, with: routed(to({ destination: '10.2.0.0/17' })) },
    {
      name: 'a part of the peer over IPv6',
      resource: peering,
      with: routed(to({ destinationIpv6: '2600:1f18:1::/64' })),
    },
    {
      name: 'broad routes to another connection of the same table',
      resource: peering,
      with: routed(to({ destination: '10.2.0.0/16', peering: 'pcx-2' }), to({ destination: '10.2.1.0/24' })),
    },
    {
      name: 'the local route',
      resource: peering,
      with: routed(route({ destination: '10.2.0.0/16', gatewayId: 'local' })),
    },
    {
      name: 'everything, but to an internet gateway',
      resource: peering,
      with: routed(route({ destination: '0.0.0.0/0' })),
    },
    {
      name: 'the own block, which is not the peer',
      resource: peering,
      with: routed(to({ destination: '10.1.0.0/16' })),
    },
    {
      name: 'a table of a third VPC',
      resource: peering,
      with: { routeTables: [routeTable([to({ destination: '10.2.0.0/16' })], { vpc: 'vpc-3' })], prefixLists: [] },
    },
    { name: 'a narrow prefix list', resource: peering, with: listed('10.2.1.0/24', '10.3.1.0/24') },
  ],
  fail: [
    {
      name: 'the whole peer',
      resource: peering,
      with: routed(to({ destination: '10.2.0.0/16' })),
      severity: undefined,
      ...broad('10.2.0.0/16', '10.2.0.0/16'),
    },
    {
      name: 'more than the peer',
      resource: peering,
      with: routed(to({ destination: '10.2.0.0/15' })),
      ...broad('10.2.0.0/15', '10.2.0.0/16', '10.3.0.0/16'),
    },
    {
      name: 'a second block of the peer',
      resource: peering,
      with: routed(to({ destination: '10.3.0.0/16' })),
      ...broad('10.3.0.0/16', '10.3.0.0/16'),
    },
    {
      name: 'the peer over IPv6',
      resource: peering,
      with: routed(to({ destinationIpv6: '2600:1f18:1::/56' })),
      ...broad('2600:1f18:1::/56', '2600:1f18:1::/56'),
    },
    {
      name: 'everything',
      resource: peering,
      with: routed(to({ destination: '0.0.0.0/0' })),
      ...broad('0.0.0.0/0', '0.0.0.0/0', '10.2.0.0/16', '10.3.0.0/16'),
    },
    {
      name: 'everything over IPv6, of a peer without IPv6',
      resource: { ...peering, accepter: { vpc: 'vpc-2', cidrs: ['10.2.0.0/16'] } },
      with: routed(to({ destinationIpv6: '::/0' })),
      ...broad('::/0', '::/0'),
    },
    {
      name: 'the other side has the broad route',
      resource: peering,
      with: fromAccepter(to({ destination: '10.1.0.0/16' })),
      evidence: { routes: [{ routeTable: 'rtb-2', destination: '10.1.0.0/16', holds: ['10.1.0.0/16'] }] },
    },
    {
      name: 'one broad route of several',
      resource: peering,
      with: routed(to({ destination: '10.2.1.0/24' }), to({ destination: '10.2.0.0/16' })),
      message: 'routes cover whole blocks',
      ...broad('10.2.0.0/16', '10.2.0.0/16'),
    },
    {
      name: 'a prefix list with the whole peer',
      resource: peering,
      with: listed('10.9.0.0/24', '10.2.0.0/16'),
      ...broad('pl-1', '10.2.0.0/16'),
    },
    {
      name: 'beside a prefix list that cannot be seen',
      resource: peering,
      with: routed(to({ prefixList: 'pl-of-others' }), to({ destination: '10.2.0.0/16' })),
      ...broad('10.2.0.0/16', '10.2.0.0/16'),
    },
  ],
  skip: (['pending-acceptance', 'deleted', 'rejected', 'expired'] as const).map((status) => ({
    name: status,
    resource: { ...peering, status },
    with: routed(to({ destination: '10.2.0.0/16' })),
    message: status,
  })),
  unknown: [
    {
      name: 'a route to the connection that tells no destination',
      resource: peering,
      with: routed(to({ destination: null, destinationIpv6: null, prefixList: null })),
    },
    {
      name: 'a prefix list that cannot be seen',
      resource: peering,
      with: routed(to({ prefixList: 'pl-of-others' })),
      message: 'pl-of-others',
    },
  ],
});
