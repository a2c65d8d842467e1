import { witnesses } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { internetAddresses, internetGatewayOfInterface } from '../../lib/network/reach.ts';
import { routingIn } from '../../lib/network/tables.ts';

interface Network {
  readonly subnets: Table<View<'AWS::EC2::Subnet'>>;
  readonly routeTables: Table<View<'AWS::EC2::RouteTable'>>;
  readonly prefixLists: Table<View<'AWS::EC2::PrefixList', 'entries'>>;
}

/** The public addresses of an instance: IPv4, else IPv6 that an internet gateway serves. */
export function publicAddresses(instance: View<'AWS::EC2::Instance'>, network: Network): readonly string[] {
  if (instance.publicIps.length > 0) return instance.publicIps;
  const routing = routingIn(network);
  const interfaces = instance.interfaces.map((one) => ({ ...one, publicIps: [] }));
  const served = witnesses(interfaces, (one) => internetGatewayOfInterface(one, routing) !== undefined);
  return served.flatMap((one) => internetAddresses(one, 'IPv6'));
}
