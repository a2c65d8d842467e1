import type { Table, View } from '../../lib/core/model.ts';
import type { Family } from '../../lib/network/model.ts';
import { isPublicSubnet } from '../../lib/network/routes.ts';
import { entriesIn, type PrefixLists } from '../../lib/network/tables.ts';

interface Network {
  readonly routeTables: Table<View<'AWS::EC2::RouteTable'>>;
  readonly prefixLists: PrefixLists;
}

/** Does a subnet give addresses of a family by itself, to which an internet gateway leads? */
export function givesReachable(
  subnet: View<'AWS::EC2::Subnet'>,
  family: Family,
  { routeTables, prefixLists }: Network,
): boolean {
  const isGiven = family === 'IPv4' ? subnet.mapPublicIp : subnet.assignIpv6;
  const tables = () => routeTables.having('vpc', subnet.vpc).all();
  return isGiven && isPublicSubnet(subnet, tables, family, entriesIn(prefixLists));
}
