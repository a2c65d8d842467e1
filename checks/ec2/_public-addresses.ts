import { witnesses } from '../../lib/core/knowledge.ts';
import type { View } from '../../lib/core/model.ts';
import { internetAddresses, internetGatewayOfInterface } from '../../lib/network/reach.ts';
import { type RoutingTables, routingIn } from '../../lib/network/tables.ts';

/** The public addresses of an instance: IPv4, else IPv6 that an internet gateway serves. */
export function publicAddresses(instance: View<'AWS::EC2::Instance'>, network: RoutingTables): readonly string[] {
  if (instance.publicIps.length > 0) return instance.publicIps;
  const routing = routingIn(network);
  const interfaces = instance.interfaces.map((one) => ({ ...one, publicIps: [] }));
  const served = witnesses(interfaces, (one) => internetGatewayOfInterface(one, routing) !== undefined);
  return served.flatMap((one) => internetAddresses(one, 'IPv6'));
}
