import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { caller, type Session } from './caller.ts';
import { service } from './operations.ts';
import { homeRegionOf, partitionOf } from './partitions.ts';

const getCallerIdentity = service(STSClient).call(GetCallerIdentityCommand, 'sts:GetCallerIdentity');
const describeRegions = service(EC2Client).call(DescribeRegionsCommand, 'ec2:DescribeRegions');

const PLAN_OPERATIONS = [getCallerIdentity, describeRegions] as const;
/** What planning itself asks; part of the scan role whatever the checks. */
export const PLAN_ACTIONS = PLAN_OPERATIONS.map((operation) => operation.action);

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
