import type {
  DescribeTrailsRequest,
  DescribeTrailsResponse,
  GetEventSelectorsRequest,
  GetEventSelectorsResponse,
  GetTrailStatusRequest,
  GetTrailStatusResponse,
  ListTrailsRequest,
  ListTrailsResponse,
  Trail,
} from '@aws-sdk/client-cloudtrail';
import type { TrailDescription } from '../defaults/audit.ts';
import { LONG_AGO, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import type { Account } from '../world.ts';
import { page, type Context, type PageRules } from './context.ts';

const PAGES: PageRules = {
  min: 1,
  max: 1000,
  byDefault: 1000,
  badToken: () => new AwsError(400, 'InvalidNextTokenException', 'The token is not valid.'),
};

export const cloudtrail = {
  ListTrails(input: ListTrailsRequest, context: Context): Described<ListTrailsResponse> {
    const trails = allTrails(context).map(({ Name, TrailARN, HomeRegion }) => ({ Name, TrailARN, HomeRegion }));
    const { items, next } = page(trails, context, PAGES, undefined, input.NextToken);
    return { Trails: items, ...(next ? { NextToken: next } : {}) };
  },

  DescribeTrails(input: DescribeTrailsRequest, context: Context): Described<DescribeTrailsResponse> {
    const { trailNameList = [], includeShadowTrails = true } = input;
    for (const name of trailNameList) checkName(name);
    const visible = allTrails(context).filter((trail) =>
      trail.HomeRegion === context.region && isOwn(trail, context)
        ? true
        : includeShadowTrails && (trail.IsMultiRegionTrail || trail.HomeRegion === context.region),
    );
    const named = visible.filter(
      ({ Name, TrailARN, HomeRegion }) =>
        trailNameList.length === 0 ||
        trailNameList.includes(TrailARN!) ||
        (HomeRegion === context.region && trailNameList.includes(Name!)),
    );
    return { trailList: named.map(described) };
  },

  GetTrailStatus(input: GetTrailStatusRequest, context: Context): Described<GetTrailStatusResponse> {
    const { IsLogging, Status, CloudWatchLogsLogGroupArn } = trailOf(input.Name ?? '', context);
    const { now } = context.world;
    const times = { StartLoggingTime: LONG_AGO, LatestDeliveryTime: now.toISOString() };
    const logs = CloudWatchLogsLogGroupArn ? { LatestCloudWatchLogsDeliveryTime: now.toISOString() } : {};
    return { IsLogging, ...(IsLogging ? { ...times, ...logs } : {}), ...Status };
  },

  GetEventSelectors(input: GetEventSelectorsRequest, context: Context): Described<GetEventSelectorsResponse> {
    const trail = trailOf(input.TrailName ?? '', context);
    // An organisation's trail shows its selectors to its owner only.
    if (!isOwn(trail, context)) throw unknown(input.TrailName!, context);
    const { TrailARN, EventSelectors, AdvancedEventSelectors } = trail;
    return { TrailARN, ...(AdvancedEventSelectors ? { AdvancedEventSelectors } : { EventSelectors }) };
  },
};

function described(trail: TrailDescription): Described<Trail> {
  const { IsLogging: _l, Status: _s, EventSelectors: _e, AdvancedEventSelectors: _a, ...description } = trail;
  return description;
}

/** Those of the account, and in a member those of its organisation. */
function allTrails({ account, world }: Context): TrailDescription[] {
  const { management, accounts = [] } = world.organization ?? {};
  const isMember = management !== account.id && accounts.some(({ Id }) => Id === account.id);
  const inherited = isMember ? trailsOf(world.accounts.get(management!)) : [];
  return [...trailsOf(account), ...inherited.filter(({ IsOrganizationTrail }) => IsOrganizationTrail)];
}

function trailsOf(account: Account | undefined): TrailDescription[] {
  return [...(account?.regions.values() ?? [])].flatMap(({ cloudtrail: { Trails } }) => Trails);
}

/** The trail of an organisation is a shadow trail in its member accounts. */
function isOwn({ TrailARN }: TrailDescription, { account }: Context): boolean {
  return TrailARN!.split(':')[4] === account.id;
}

/** A name means a trail of this Region; trails of other Regions must be named by ARN. */
function trailOf(name: string, context: Context): TrailDescription {
  checkName(name);
  const trail = allTrails(context).find(
    ({ Name, TrailARN, HomeRegion }) => TrailARN === name || (Name === name && HomeRegion === context.region),
  );
  const isHere = trail?.HomeRegion === context.region || trail?.IsMultiRegionTrail;
  if (!trail || !isHere) throw unknown(name, context);
  return trail;
}

function checkName(name: string): void {
  if (name.startsWith('arn:') && !/^arn:[\w-]+:cloudtrail:[\w-]+:\d{12}:trail\/.+$/.test(name))
    throw new AwsError(400, 'CloudTrailARNInvalidException', `Trail ARN is invalid: ${name}`);
}

function unknown(name: string, { account }: Context): AwsError {
  return new AwsError(400, 'TrailNotFoundException', `Unknown trail: ${name} for the user: ${account.id}`);
}
