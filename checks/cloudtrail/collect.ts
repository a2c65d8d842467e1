import {
  type AdvancedFieldSelector,
  CloudTrailClient,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  paginateListTrails,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import { listed } from '../../lib/aws/answer.ts';
import { type Aws, service } from '../../lib/aws/operations.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';
import { accountOfArn } from '../../lib/policy/principal.ts';
import { describeTrails, visibleTrails } from './_sources.ts';

const cloudtrail = service(CloudTrailClient);
const listTrails = cloudtrail.pages(paginateListTrails, 'cloudtrail:ListTrails');
// TrailNotFoundException is not "gone" here: members of an organization get it for its trail, which is very much there.
const getTrailStatus = cloudtrail.call(GetTrailStatusCommand, 'cloudtrail:GetTrailStatus');
const getEventSelectors = cloudtrail.call(GetEventSelectorsCommand, 'cloudtrail:GetEventSelectors');

/**
 * Every trail that records this account: its own, in whatever region they were made, and those of its organization. What a trail
 * is like is a facet, so that a region that cannot be asked leaves a trail of which little is known, not one trail less.
 */
export const trail = resource(
  'AWS::CloudTrail::Trail',
  {
    scope: 'global',
    operations: [visibleTrails, listTrails],
    async *list(aws) {
      yield* await aws.read(visibleTrails);
      // Adds the single-Region trails of other regions.
      for await (const page of aws.pages(listTrails, {})) yield* listed(page.Trails);
    },
    found: ({ Name, TrailARN, HomeRegion }) => {
      if (!HomeRegion) throw new Error('a trail in the answer has no home region');
      return {
        id: Name,
        arn: TrailARN,
        region: HomeRegion,
        /** The account that owns it: another one for a trail of the organization, seen from a member. */
        base: { owner: accountOfArn(TrailARN ?? '') },
      };
    },
  },
  (facet) => ({
    description: facet([visibleTrails, describeTrails], async (aws, { arn }) => {
      const found = await described(aws, arn);
      return (
        found && {
          s3BucketName: found.S3BucketName,
          isMultiRegionTrail: found.IsMultiRegionTrail,
          includeGlobalServiceEvents: found.IncludeGlobalServiceEvents,
          logFileValidationEnabled: found.LogFileValidationEnabled,
          /** Null: log files are encrypted with keys of S3. */
          kmsKeyId: found.KmsKeyId || null,
        }
      );
    }),
    /** Is it the organization's? */
    isOrganizationTrail: facet([visibleTrails, describeTrails], async (aws, { arn }) => {
      return (await described(aws, arn))?.IsOrganizationTrail;
    }),
    /** What the keys of its files begin with in the bucket; null: nothing comes before AWSLogs/. */
    s3KeyPrefix: facet([visibleTrails, describeTrails], async (aws, { arn }) => {
      const found = await described(aws, arn);
      return found && (found.S3KeyPrefix || null);
    }),
    /** The log group that its events go to as well; null: none. */
    logGroup: facet([visibleTrails, describeTrails], async (aws, { arn }) => {
      const found = await described(aws, arn);
      return found && (found.CloudWatchLogsLogGroupArn || null);
    }),
    status: facet([getTrailStatus], async (aws, { arn }) => {
      const status = await aws.call(getTrailStatus, { Name: arn });
      return { isLogging: status?.IsLogging };
    }),
    /** When it delivered, and what went wrong; null: never, nothing. */
    delivery: facet([getTrailStatus], async (aws, { arn }) => {
      const status = await aws.call(getTrailStatus, { Name: arn });
      if (!status) return undefined;
      return {
        startLoggingTime: status.StartLoggingTime?.toISOString() ?? null,
        bucketTime: status.LatestDeliveryTime?.toISOString() ?? null,
        bucketError: status.LatestDeliveryError || null,
        digestError: status.LatestDigestDeliveryError || null,
        logGroupTime: status.LatestCloudWatchLogsDeliveryTime?.toISOString() ?? null,
        logGroupError: status.LatestCloudWatchLogsDeliveryError || null,
      };
    }),
    /** Members of an organization may not read those of its trails. A trail has either basic or advanced selectors. */
    eventSelectors: facet([getEventSelectors], async (aws, { arn }) => {
      const { EventSelectors, AdvancedEventSelectors } = (await aws.call(getEventSelectors, { TrailName: arn })) ?? {};
      if (!EventSelectors && !AdvancedEventSelectors) return undefined;
      return {
        basic: (EventSelectors ?? []).map((selector) => ({
          // Defaults as the API documents them.
          readWriteType: selector.ReadWriteType ?? 'All',
          includeManagementEvents: selector.IncludeManagementEvents ?? true,
          excludeManagementEventSources: selector.ExcludeManagementEventSources ?? [],
          dataResources: (selector.DataResources ?? []).map(({ Type, Values }) => ({
            type: Type ?? null,
            values: Values ?? [],
          })),
        })),
        advanced: (AdvancedEventSelectors ?? []).map(({ FieldSelectors }) => (FieldSelectors ?? []).map(fieldSelector)),
      };
    }),
  }),
);

/** Shadows of multi-Region trails are described in the list; the others are asked for in their own region. */
async function described(
  aws: Aws<readonly [typeof visibleTrails, typeof describeTrails]>,
  arn: string,
): Promise<Trail | undefined> {
  const isIt = ({ TrailARN }: Trail) => TrailARN === arn;
  const visible = (await aws.in('global').read(visibleTrails)).find(isIt);
  return visible ?? (await aws.call(describeTrails, { trailNameList: [arn] }))?.trailList?.find(isIt);
}

function fieldSelector(selector: AdvancedFieldSelector) {
  return {
    field: selector.Field ?? null,
    equals: selector.Equals ?? [],
    startsWith: selector.StartsWith ?? [],
    endsWith: selector.EndsWith ?? [],
    notEquals: selector.NotEquals ?? [],
    notStartsWith: selector.NotStartsWith ?? [],
    notEndsWith: selector.NotEndsWith ?? [],
  };
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::CloudTrail::Trail': TypeOf<typeof trail>;
  }
}
