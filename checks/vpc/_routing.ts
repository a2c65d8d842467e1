import { table } from '../../lib/core/check.ts';

/** What decides where the traffic of a subnet goes: for `uses`. */
export const ROUTING = {
  subnets: table('AWS::EC2::Subnet'),
  routeTables: table('AWS::EC2::RouteTable'),
  prefixLists: table('AWS::EC2::PrefixList', 'entries'),
};
