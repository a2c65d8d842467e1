import type {
  GetAccessPointPolicyStatusResult,
  GetAccessPointRequest,
  GetAccessPointResult,
  GetMultiRegionAccessPointPolicyStatusRequest,
  GetMultiRegionAccessPointPolicyStatusResult,
  GetPublicAccessBlockOutput,
  GetPublicAccessBlockRequest,
  ListAccessPointsRequest,
  ListAccessPointsResult,
  ListMultiRegionAccessPointsRequest,
  ListMultiRegionAccessPointsResult,
} from '@aws-sdk/client-s3-control';
import type { Described } from '../defaults/common.ts';
import type { S3 } from '../defaults/s3.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const PAGES: PageRules = {
  min: 0,
  max: 1000,
  byDefault: 1000,
  badToken: () => new AwsError(400, 'InvalidRequest', 'The continuation token is invalid'),
};

export const s3control = {
  GetPublicAccessBlock(input: GetPublicAccessBlockRequest, context: Context): Described<GetPublicAccessBlockOutput> {
    const { PublicAccessBlock } = own(input, context);
    if (!PublicAccessBlock)
      throw new AwsError(
        404,
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
        {
          detail: { AccountId: context.account.id },
        },
      );
    return { PublicAccessBlockConfiguration: PublicAccessBlock };
  },

  ListAccessPoints(input: ListAccessPointsRequest, context: Context): Described<ListAccessPointsResult> {
    const points = own(input, context).AccessPoints.filter(
      ({ Region, Bucket }) => Region === context.region && (input.Bucket ?? Bucket) === Bucket,
    );
    const { items, next } = page(points, context, PAGES, input.MaxResults, input.NextToken);
    return {
      AccessPointList: items.map(
        ({ Name, NetworkOrigin, VpcConfiguration, Bucket, AccessPointArn, Alias, BucketAccountId }) => ({
          Name,
          NetworkOrigin,
          Bucket,
          AccessPointArn,
          Alias,
          BucketAccountId,
          ...(VpcConfiguration ? { VpcConfiguration } : {}),
        }),
      ),
      ...(next ? { NextToken: next } : {}),
    };
  },

  GetAccessPoint(input: GetAccessPointRequest, context: Context): Described<GetAccessPointResult> {
    const { IsPublic: _isPublic, Region: _region, ...point } = accessPoint(input, context);
    return point;
  },

  GetAccessPointPolicyStatus(
    input: GetAccessPointRequest,
    context: Context,
  ): Described<GetAccessPointPolicyStatusResult> {
    const { IsPublic } = accessPoint(input, context);
    if (IsPublic === undefined)
      throw new AwsError(404, 'NoSuchAccessPointPolicy', 'The specified accesspoint policy does not exist');
    return { PolicyStatus: { IsPublic } };
  },

  ListMultiRegionAccessPoints(
    input: ListMultiRegionAccessPointsRequest,
    context: Context,
  ): Described<ListMultiRegionAccessPointsResult> {
    const points = multiRegionPoints(input, context).map(({ IsPublic: _isPublic, ...point }) => point);
    const { items, next } = page(points, context, PAGES, input.MaxResults, input.NextToken);
    return { AccessPoints: items, ...(next ? { NextToken: next } : {}) };
  },

  GetMultiRegionAccessPointPolicyStatus(
    input: GetMultiRegionAccessPointPolicyStatusRequest,
    context: Context,
  ): Described<GetMultiRegionAccessPointPolicyStatusResult> {
    const point = multiRegionPoints(input, context).find(({ Name }) => Name === input.Name);
    if (!point)
      throw new AwsError(404, 'NoSuchMultiRegionAccessPoint', 'The specified multi-region access point does not exist');
    return { Established: { IsPublic: point.IsPublic ?? false } };
  },
};

/** Requests carry the number of the account that they are about, which must be the caller's own. */
function own({ AccountId }: { readonly AccountId?: string | undefined }, { account }: Context): S3 {
  if (AccountId !== account.id) throw new AwsError(403, 'AccessDenied', 'Access Denied');
  return account.s3;
}

type OfPoint = Pick<GetAccessPointRequest, 'AccountId' | 'Name'>;

function accessPoint(input: OfPoint, context: Context) {
  const { Name } = input;
  const { region } = context;
  const point = own(input, context).AccessPoints.find((one) => one.Name === Name && one.Region === region);
  if (!point) throw new AwsError(404, 'NoSuchAccessPoint', 'The specified accesspoint does not exist');
  return point;
}

/** One Region serves the requests about multi-Region access points of all Regions. */
const HOME = 'us-west-2';

function multiRegionPoints(input: { readonly AccountId?: string | undefined }, context: Context) {
  if (context.region !== HOME)
    throw new AwsError(
      301,
      'PermanentRedirect',
      `This API operation is only available in the following Regions: ${HOME}. Make sure to send all future requests to a supported Region.`,
    );
  return own(input, context).MultiRegionAccessPoints;
}
