import { witnesses } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { publicSubnetsIn, type RoutingTables } from '../../lib/network/tables.ts';

/** What a launch template says of a network interface of its instances; null where it says nothing. */
export interface LaunchInterface {
  /** Null: the subnet decides. */
  readonly publicIp: boolean | null;
  readonly hasIpv6: boolean;
  /** Null: whoever launches names the subnet. */
  readonly subnet: string | null;
  /** An interface that exists already, with its addresses. */
  readonly existing: string | null;
}
interface Network extends RoutingTables {
  readonly interfaces: Table<View<'AWS::EC2::NetworkInterface'>>;
}
interface Launch {
  readonly number: number;
  readonly interfaces: readonly LaunchInterface[];
  /** The auto scaling groups that launch it, and where they do. */
  readonly groups: readonly string[];
  readonly subnets: readonly string[];
}

/** A version whose instances get a public address: evidence. */
type PublicLaunch = Readonly<{
  version: number;
  groups: string[];
  interfaces: Pick<LaunchInterface, keyof LaunchInterface>[];
}>;

/** Of a template's default version, and those that groups launch: what gives instances a public address. */
export function publicLaunches(template: View<'AWS::EC2::LaunchTemplate', 'inUse'>, network: Network): PublicLaunch[] {
  const ofDefault = (): Launch[] => [{ ...template.defaultVersion, groups: [], subnets: [] }];
  const ofGroups = (): readonly Launch[] => template.inUse;
  const openIn = (list: () => readonly Launch[]) => witnesses(list(), (launch) => openings(launch, network).length > 0);
  const open = witnesses([ofDefault, ofGroups], (list) => openIn(list).length > 0).flatMap(openIn);
  return open.map((launch) => ({
    version: launch.number,
    groups: [...launch.groups],
    interfaces: openings(launch, network).map((one) => ({ ...one })),
  }));
}

function openings({ interfaces, subnets }: Launch, network: Network): LaunchInterface[] {
  return witnesses(interfaces, (one) => {
    if (one.publicIp) return true;
    if (one.existing !== null && hasPublicIp(one.existing, network)) return true;
    if (!one.hasIpv6) return false;
    return publicSubnetsIn(one.subnet === null ? subnets : [one.subnet], network, ['IPv6']).length > 0;
  });
}

/** An interface that is gone brings no address: the launch fails. */
function hasPublicIp(id: string, { interfaces }: Network): boolean {
  return (interfaces.get(id)?.publicIps.length ?? 0) > 0;
}
