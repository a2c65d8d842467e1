import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Session } from '../../aws/caller.ts';
import { sessionFor } from '../../aws/clients.ts';
import { listResources, readResource } from '../../aws/collect.ts';
import { callCounts } from '../../aws/counts.ts';
import { actionsFor } from '../../aws/permissions.ts';
import { operationsIn } from '../../aws/operations.ts';
import { globalItem, type Item, regionalItem, type Wanted } from '../../aws/items.ts';
import { PLAN_ACTIONS } from '../../aws/plan.ts';
import type { Resource } from '../../aws/resource.ts';
import type { Gap } from '../../core/model.ts';
import { closedTo } from '../entrances.ts';
import type { Member } from '../members.ts';
import { regionsOf } from '../plan.ts';
import {
  type AccountHealth,
  type ActionHealth,
  isLacking,
  type RegionHealth,
  type Unread,
  type Untried,
} from './model.ts';
import { type Answered, recorded } from './record.ts';
import { regionsHealth } from './regions.ts';

export interface Probing {
  readonly resources: readonly Resource[];
  readonly wanted: readonly Wanted[];
  readonly partition: string;
  /** Globs of regions; none for all that are enabled. */
  readonly regions: readonly string[];
  /** Where everything is tried, if it answers. */
  readonly preferred: string;
  readonly now: () => Date;
  readonly deadline?: AbortSignal | undefined;
  /** How long a region, and how long an account, may take, in milliseconds. */
  readonly patience?: { readonly region: number; readonly account: number } | undefined;
}
export interface Entered {
  readonly credentials: AwsCredentialIdentityProvider;
  readonly isHome: boolean;
  /** What has been asked in the account already, and the actions that it needs besides. */
  readonly asked?: readonly Answered[];
  readonly besides?: readonly string[];
}

const PATIENCE = { region: 20_000, account: 120_000 };

/**
 * Tries in one account what a run would do: each wanted type is listed up to its first resource, whose wanted facets are read, in the
 * account-wide part and in one region; the other regions are asked one thing each. Never throws.
 */
export async function probeAccount(member: Member, entered: Entered, probing: Probing): Promise<AccountHealth> {
  const { account, name } = member;
  const own = { account, ...(name !== undefined && { name }) };
  const closed = await closedTo(entered.credentials);
  if (closed) return closedHealth(own, closed);
  const { wanted, partition, patience = PATIENCE } = probing;
  const place = { account, partition };
  const answers: Answered[] = [...(entered.asked ?? [])];
  const tell = (answered: Answered) => void answers.push(answered);
  const session = sessionWith(entered, probing, patience.account);
  const tryAll = async (item: Item) => {
    const tried = item.types.map((type) => tryType(item, type, session, { ...probing, tell }));
    return (await Promise.all(tried)).flat();
  };
  const tryRegions = async () => {
    const { regions, gap } = await regionsOf(recorded(session, tell), place, probing.regions).catch(nameless);
    const brief = sessionWith(entered, probing, patience.region);
    const unplaced = regionalItem(wanted, { ...place, region: 'unknown' });
    const states = await regionsHealth(unplaced, regions, { ...probing, session: brief });
    const probed = probedOf(states, probing.preferred);
    const unread = probed === undefined ? [] : await tryAll(regionalItem(wanted, { ...place, region: probed }));
    return { states, probed, gap, unread };
  };
  const accountWide = globalItem(wanted, place, entered.isHome);
  const [{ states, probed, gap, unread }, alsoUnread] = await Promise.all([tryRegions(), tryAll(accountWide)]);
  const isCutShort = session.deadline?.aborted === true;
  // What a failed call explains is told of the call.
  const failures = new Set(answers.flatMap((one) => (one.state === 'failed' ? one.detail : [])));
  return {
    ...own,
    ...(gap && { regionsGap: gap }),
    regions: states,
    ...(probed !== undefined && { probed }),
    actions: actionsHealth(declaredBy(entered, probing), {
      answers,
      regions: states,
      hasRegion: probed !== undefined,
      isCutShort,
    }),
    unread: [...alsoUnread, ...unread].filter(({ detail }) => !failures.has(detail)),
    ...(isCutShort && { isCutShort }),
    unknown: [],
  };
}

/** Where AWS answered, and named no region. */
function nameless(error: unknown): { readonly regions: readonly string[]; readonly gap: Gap } {
  return { regions: [], gap: { reason: 'failed', operation: 'ec2:DescribeRegions', detail: String(error) } };
}

/** An account of which nothing can be known. */
export function closedHealth(own: Pick<AccountHealth, 'account' | 'name'>, closed: Gap): AccountHealth {
  return { ...own, closed, regions: [], actions: [], unread: [], unknown: [] };
}

function sessionWith({ credentials }: Entered, { deadline }: Probing, patienceMs: number): Session {
  const own = AbortSignal.timeout(patienceMs);
  return sessionFor({ credentials, counts: callCounts(), deadline: deadline ? AbortSignal.any([deadline, own]) : own });
}

function probedOf(states: readonly RegionHealth[], preferred: string): string | undefined {
  const open = states.filter(({ state }) => state === 'answers' || state === 'not-told');
  return (open.find(({ region }) => region === preferred) ?? open.find(({ state }) => state === 'answers') ?? open[0])
    ?.region;
}

/** Lists a type up to its first resource and reads its wanted facets. Answers with what could not be read. */
async function tryType(
  { place }: Item,
  { type, facets }: Item['types'][number],
  session: Session,
  { resources, now, tell }: Probing & { readonly tell: (answered: Answered) => void },
): Promise<readonly Unread[]> {
  const resource = resources.find((candidate) => candidate.type === type)!;
  const unread: Unread[] = [];
  const note = ({ reason, detail }: Gap, facet?: string) => {
    if (reason === 'failed') unread.push({ type, ...(facet !== undefined && { facet }), detail });
  };
  for await (const found of listResources(resource, place, recorded(session, tell), (gap) => note(gap))) {
    const row = await readResource(resource, facets, found, place, recorded(session, tell, found.arn), now);
    for (const [facet, reading] of Object.entries(row?.facets ?? {})) if ('gap' in reading) note(reading.gap, facet);
    break;
  }
  return unread;
}

/** What belongs together: where one action of a group is not allowed, those behind it may not have been tried because of it. */
interface Group {
  readonly first: readonly string[];
  readonly behind: readonly string[];
}
interface Declared {
  readonly all: readonly string[];
  /** Asked outside of regions. */
  readonly accountWide: readonly string[];
  readonly groups: readonly Group[];
}

function declaredBy({ isHome, besides = [] }: Entered, { wanted, resources }: Probing): Declared {
  const own = wanted.filter(({ scope }) => isHome || scope !== 'organization');
  const actionsOf = (some: readonly Wanted[]) =>
    actionsFor(new Map(some.map(({ type, facets }) => [type, facets])), resources);
  const always = [...PLAN_ACTIONS, ...besides];
  return {
    all: [...new Set([...actionsOf(own), ...always])].toSorted(),
    accountWide: [...actionsOf(own.filter(({ scope }) => scope !== 'regional')), ...always],
    groups: own.flatMap((one) => groupsOf(one, resources)),
  };
}

/** The list, with all that is read of what it names; and each facet. */
function groupsOf({ type, facets }: Wanted, resources: readonly Resource[]): readonly Group[] {
  const resource = resources.find((candidate) => candidate.type === type)!;
  const actions = (declared: Resource['operations']) => operationsIn(declared).map(({ action }) => action);
  const listing = actions(resource.operations);
  const reading = facets.map((facet) => actions(resource.facets[facet]?.operations ?? []));
  return [
    { first: listing, behind: [...listing, ...reading.flat()] },
    ...reading.map((own) => ({ first: own, behind: own })),
  ];
}

type Telling = Answered & { readonly state: (typeof WORST)[number] };
const WORST = ['denied', 'blocked', 'failed', 'works'] as const;

interface Tried {
  readonly answers: readonly Answered[];
  readonly regions: readonly RegionHealth[];
  readonly hasRegion: boolean;
  readonly isCutShort: boolean;
}

/** What each action came to at worst. A region that the organisation blocks says nothing about an action. */
function actionsHealth({ all, accountWide, groups }: Declared, tried: Tried): readonly ActionHealth[] {
  const shut = new Set(tried.regions.filter(({ state }) => state === 'blocked').map(({ region }) => region));
  const isTelling = (one: Answered): one is Telling =>
    one.state !== 'untold' && !(one.state === 'blocked' && shut.has(one.region));
  const told = Map.groupBy(tried.answers.filter(isTelling), ({ action }) => action);
  const worst = (action: string) =>
    WORST.flatMap((state) => told.get(action)?.find((one) => one.state === state) ?? [])[0];
  const lacks = (action: string) => {
    const found = worst(action);
    return found?.state === 'denied' && isLacking(found.refusal);
  };
  const behind = new Set(groups.filter(({ first }) => first.some(lacks)).flatMap((group) => group.behind));
  const untried = (action: string): Untried => {
    if (behind.has(action)) return 'behind';
    if (!tried.hasRegion && !accountWide.includes(action)) return 'no-region';
    return tried.isCutShort ? 'no-time' : 'nothing-there';
  };
  return all.map((action) => {
    const found = worst(action);
    return found ? actionHealth(found) : { action, state: 'not-tried', untried: untried(action) };
  });
}

function actionHealth({ action, state, detail, refusal, about }: Telling): ActionHealth {
  if (state === 'works') return { action, state };
  const isOfResource = refusal?.kind === 'resource-based policy' && about !== undefined;
  return {
    action,
    state,
    ...(detail !== undefined && { detail }),
    ...(refusal && { refusal }),
    ...(isOfResource && { resource: about }),
  };
}
