import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Gap } from '../core/model.ts';
import { each } from './answer.ts';
import { caller, type Session } from './caller.ts';
import { CallFailed } from './gaps.ts';
import { type Operation, service } from './operations.ts';
import { homeRegionOf, partitionOf } from './partitions.ts';

const getCallerIdentity = service(STSClient).call(GetCallerIdentityCommand, 'sts:GetCallerIdentity');
const describeRegions = service(EC2Client).call(DescribeRegionsCommand, 'ec2:DescribeRegions');

const PLAN_OPERATIONS = [getCallerIdentity, describeRegions] as const;
/** What planning itself asks; part of the scan role whatever the checks. */
export const PLAN_ACTIONS = PLAN_OPERATIONS.map((operation) => operation.action);

const lacking = ({ action }: Operation, part: string): Gap => ({
  reason: 'failed',
  operation: action,
  detail: `the answer lacks ${part}`,
});

/** The account and partition that the credentials belong to. Throws CallFailed: without it there is nothing to audit. */
export async function whoAmI(
  session: Session,
  region: string,
): Promise<{ account: string; partition: string; arn: string }> {
  const partition = partitionOf(region);
  const aws = caller(PLAN_OPERATIONS, { account: '', region, partition }, session);
  const { Account: account, Arn: arn } = (await aws.call(getCallerIdentity, {})) ?? {};
  if (!account || !arn) throw new CallFailed(lacking(getCallerIdentity, 'the account or the ARN'));
  return { account, partition: arn.split(':')[1] ?? partition, arn };
}

/** The regions enabled for the account, asked of AWS and never a literal list. Throws CallFailed. */
export async function enabledRegions(session: Session, account: string, partition: string): Promise<string[]> {
  const aws = caller(PLAN_OPERATIONS, { account, region: homeRegionOf(partition), partition }, session);
  const answer = await aws.call(describeRegions, { AllRegions: false });
  const regions = each(answer?.Regions, ({ RegionName }) => RegionName);
  if (!regions || regions.length === 0) throw new CallFailed(lacking(describeRegions, 'a region'));
  return regions.toSorted();
}
