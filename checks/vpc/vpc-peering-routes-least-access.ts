import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { broadRoutes } from './_peering-routes.ts';

export default check({
  id: 'vpc-peering-routes-least-access',
  title: 'Routes to peering connections lead to parts of the peer only',
  severity: 'low',
  why: 'A route to the whole of the other network lets an intruder on one side look for a way into everything on the other.',
  fix: 'aws ec2 create-route --route-table-id <route-table-id> --destination-cidr-block <subnet-of-the-peer> --vpc-peering-connection-id <peering-id> && aws ec2 delete-route --route-table-id <route-table-id> --destination-cidr-block <broad-destination>',
  resource: 'AWS::EC2::VPCPeeringConnection',
  uses: {
    routeTables: table('AWS::EC2::RouteTable'),
    prefixLists: table('AWS::EC2::PrefixList', 'entries'),
  },
  evaluate(peering, network) {
    if (peering.status !== 'active') return skip(`the connection is not active, but ${peering.status}`);
    const routes = broadRoutes(peering, network);
    if (routes.length === 0) return pass('no route covers a whole block of the other side');
    return fail('routes cover whole blocks of the other side', { routes });
  },
});
