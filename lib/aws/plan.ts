import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { caller, type Place, type Session } from './caller.ts';
import { service } from './operations.ts';
import type { Selection } from './permissions.ts';
import type { Resource } from './resource.ts';
import { homeRegionOf, partitionOf } from './partitions.ts';

const getCallerIdentity = service(STSClient).call(GetCallerIdentityCommand, 'sts:GetCallerIdentity');
const describeRegions = service(EC2Client).call(DescribeRegionsCommand, 'ec2:DescribeRegions');

const PLAN_OPERATIONS = [getCallerIdentity, describeRegions] as const;
/** What planning itself asks; part of the scan role whatever the checks. */
export const PLAN_ACTIONS = PLAN_OPERATIONS.map((operation) => operation.action);

/** What planning must know of a resource type. */
export type Planned = Pick<Resource, 'type' | 'scope'>;

/** One piece of collecting: an account's global part, or one of its regions, with the types and facets to read there. */
export interface Item {
  readonly place: Place;
  readonly types: readonly { readonly type: string; readonly facets: readonly string[] }[];
}

/** The account and partition that the credentials belong to. Throws CallFailed: without it there is nothing to audit. */
export async function whoAmI(
  session: Session,
  region: string,
): Promise<{ account: string; partition: string; arn: string }> {
  const partition = partitionOf(region);
  const aws = caller(PLAN_OPERATIONS, { account: '', region, partition }, session);
  const identity = (await aws.call(getCallerIdentity, {}))!;
  return { account: identity.Account!, partition: identity.Arn!.split(':')[1] ?? partition, arn: identity.Arn! };
}

/** The regions enabled for the account, asked of AWS and never a literal list. Throws CallFailed. */
export async function enabledRegions(session: Session, account: string, partition: string): Promise<string[]> {
  const aws = caller(PLAN_OPERATIONS, { account, region: homeRegionOf(partition), partition }, session);
  const answer = await aws.call(describeRegions, { AllRegions: false });
  const regions = (answer?.Regions ?? []).flatMap((region) => region.RegionName ?? []);
  if (regions.length === 0) throw new Error('DescribeRegions named no region');
  return regions.toSorted();
}

/** The items of one account. Account-wide types go to the item 'global'. */
export function planAccount(
  selection: Selection,
  types: readonly Planned[],
  account: string,
  partition: string,
  regions: readonly string[],
): Item[] {
  const wanted = types.filter(({ type }) => selection.has(type));
  const item = (region: string, scope: Resource['scope']): Item => ({
    place: { account, region, partition },
    types: wanted.filter((one) => one.scope === scope).map(({ type }) => ({ type, facets: selection.get(type)! })),
  });
  return [item('global', 'global'), ...regions.map((region) => item(region, 'regional'))].filter(
    ({ types }) => types.length > 0,
  );
}
