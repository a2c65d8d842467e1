import { CloudTrailClient, DescribeTrailsCommand, type Trail } from '@aws-sdk/client-cloudtrail';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { each } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { homeRegionOf } from '../../lib/aws/partitions.ts';

export const describeTrails = service(CloudTrailClient).call(DescribeTrailsCommand, 'cloudtrail:DescribeTrails');
const describeRegions = service(EC2Client).call(DescribeRegionsCommand, 'ec2:DescribeRegions');

/**
 * The trails that a region shows: those made there, and shadows of multi-Region ones made elsewhere and of the organization's
 * trails. Read it in 'global': one call shows every trail that watches more than its own region, wherever it was made.
 */
export const visibleTrails = source([describeTrails], async (aws): Promise<readonly Trail[]> => {
  const answer = await aws.call(describeTrails, { includeShadowTrails: true });
  // "No trail" is a grave thing to say: an answer without a list does not say it.
  if (!answer?.trailList) throw new Error('the answer lacks trailList');
  return answer.trailList;
});

/** The regions that are enabled for the account. CloudTrail delivers events of global services in the home region. */
export const enabledRegions = source([describeRegions], async (aws) => {
  const answer = await aws.call(describeRegions, { AllRegions: false });
  const enabled = each(answer?.Regions, ({ RegionName }) => RegionName);
  return { home: homeRegionOf(aws.partition), enabled: enabled?.length ? enabled : undefined };
});
