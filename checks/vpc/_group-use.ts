import { rated, skip } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import type { Severity, Table, Verdict, View } from '../../lib/core/model.ts';
import { internetGatewayOfInterface } from '../../lib/network/reach.ts';
import { type RoutingTables, routingIn } from '../../lib/network/tables.ts';

export type Group = View<'AWS::EC2::SecurityGroup'>;
export type Interfaces = Table<View<'AWS::EC2::NetworkInterface'>>;
interface Network extends RoutingTables {
  readonly interfaces: Interfaces;
}

/** How network interfaces use a group. `public`: one of them has a public address in a public subnet; `private`: none has. */
type Use = 'unattached' | 'attached' | 'private' | 'public' | 'unknown';

export const FOREIGN = skip('the group belongs to another account');
export const UNATTACHED = skip('no network interface uses the group');

/** The groups of a shared VPC are their owners' to judge. */
export function isForeign(group: Group): boolean {
  return group.owner !== group.account;
}

export function isAttached(group: Group, interfaces: Interfaces): boolean {
  return interfaces.having('groups', group.id).some(() => true);
}

export function useOf(group: Group, interfaces: Interfaces): Use {
  return ifKnown(() => (isAttached(group, interfaces) ? 'attached' : 'unattached'), 'unknown');
}

/** As `useOf`, and tells whether the internet can address an interface of the group. */
export function exposureOf(group: Group, network: Network): Use {
  const use = useOf(group, network.interfaces);
  return use === 'attached' ? ifKnown(() => (isPublic(group, network) ? 'public' : 'private'), 'unknown') : use;
}

/** Rates a verdict by the use of its group. What the ladder does not name keeps the check's severity, as does what is not known. */
export function rateUse(use: Use, ladder: Partial<Record<keyof typeof REASONS, Severity>>, verdict: Verdict): Verdict {
  if (use === 'unknown')
    return { ...verdict, message: `${verdict.message}; how network interfaces use it is not known` };
  if (use === 'public') return verdict;
  const severity = ladder[use];
  return severity ? rated(severity, REASONS[use], verdict) : verdict;
}

const REASONS = {
  unattached: 'no network interface uses the group',
  attached: 'network interfaces use the group',
  private: 'no network interface of the group has a public address in a public subnet',
};

function isPublic(group: Group, network: Network): boolean {
  const routing = routingIn(network);
  return network.interfaces
    .having('groups', group.id)
    .some((one) => one.denyAllIgwTraffic !== true && internetGatewayOfInterface(one, routing) !== undefined);
}
