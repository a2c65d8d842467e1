import { table } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { FAMILIES } from '../../lib/network/cidr.ts';
import type { NetworkInterface, Transport } from '../../lib/network/model.ts';
import { internetAddresses, type InternetPath, reachableFromInternet } from '../../lib/network/reach.ts';
import { type NetworkTables, surroundingsIn } from '../../lib/network/tables.ts';
import type { WorldLimits } from '../../lib/network/world.ts';
import { ROUTING } from '../vpc/_routing.ts';

/** What decides whether the internet reaches a port of an instance. */
export const NETWORK = {
  ...ROUTING,
  networkAcls: table('AWS::EC2::NetworkAcl'),
  securityGroups: table('AWS::EC2::SecurityGroup'),
};

/** More names than this say no more. */
const MOST_NAMED = 10;

interface PortParams extends WorldLimits {
  readonly tcpPorts: readonly number[];
  readonly udpPorts: readonly number[];
}

/** A way on which the internet reaches ports of an interface: evidence. */
type Opening = { readonly interface: string; readonly ports: string[] } & Readonly<
  Pick<InternetPath, 'family' | 'addresses' | 'gateway' | 'aclRule' | 'sources'>
>;

/** The ports of the params that the internet reaches on one of the interfaces, those of one way together. */
export function exposedPorts(
  interfaces: readonly NetworkInterface[],
  tables: NetworkTables,
  params: PortParams,
): Opening[] {
  const around = surroundingsIn(tables);
  const ports = [...named('tcp', params.tcpPorts), ...named('udp', params.udpPorts)];
  const addressed = interfaces.filter((one) => FAMILIES.some((family) => internetAddresses(one, family).length > 0));
  const candidates = addressed.flatMap((one) => {
    const reach = reachableFromInternet(one, around, params);
    return ports.map((port) => ({ one, reach, ...port }));
  });
  const paths = new Map<(typeof candidates)[number], InternetPath>();
  const open = witnesses(candidates, (candidate) => {
    const path = candidate.reach(candidate.transport, candidate.port);
    if (path) paths.set(candidate, path);
    return path !== undefined;
  });
  const ways = Map.groupBy(open, (candidate) => `${candidate.one.id} ${JSON.stringify(paths.get(candidate))}`);
  return [...ways.values()].map((same) => ({
    interface: same[0]!.one.id,
    ports: same.map(({ transport, port }) => `${transport} ${port}`),
    ...paths.get(same[0]!)!,
  }));
}

/** The ports of some openings, in words. */
export function portsIn(openings: readonly Opening[]): string {
  const ports = [...new Set(openings.flatMap((opening) => opening.ports))];
  return ports.length > MOST_NAMED ? `${ports.length} sensitive ports` : ports.join(', ');
}

function named(transport: Transport, ports: readonly number[]): { transport: Transport; port: number }[] {
  return ports.map((port) => ({ transport, port }));
}
