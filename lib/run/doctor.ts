import pMap from 'p-map';
import { sessionFor } from '../aws/clients.ts';
import { callCounts } from '../aws/counts.ts';
import { CallFailed } from '../aws/gaps.ts';
import { actionsFor, selectionOf } from '../aws/permissions.ts';
import { wantedOf } from '../aws/items.ts';
import { whoAmI } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import { UserError } from '../core/errors.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Gap } from '../core/model.ts';
import { closedHealth, probeAccount, type Probing } from './doctor/account.ts';
import { type AccountHealth, type DoctorReport, isAccountWell, type PartHealth, type Unread } from './doctor/model.ts';
import { patchOf, type Roles } from './doctor/patch.ts';
import { type Answered, recorded } from './doctor/record.ts';
import { closedTo, type Entrances, entranceTo } from './entrances.ts';
import { type AccountRules, type Member, membersOf, ORGANIZATION_ACTIONS } from './members.ts';

export interface Doctoring {
  readonly tool: string;
  readonly checks: readonly AnyCheck[];
  readonly resources: readonly Resource[];
  readonly entrances: Entrances;
  /** Where AWS is asked whose account this is, and where everything is tried if it answers. */
  readonly region: string;
  /** Globs of regions; none for all that are enabled. */
  readonly regions: readonly string[];
  readonly accounts?: AccountRules | undefined;
  /** What else a night needs, looked at meanwhile. */
  readonly parts: readonly Promise<readonly PartHealth[]>[];
  readonly roles: Pick<Roles, 'member' | 'isDeployed' | 'again'>;
  readonly now: () => Date;
  /** Accounts that it leaves no time for are said to be cut short. */
  readonly deadline?: AbortSignal | undefined;
  readonly patience?: Probing['patience'];
}

/** Accounts that are looked at at the same time. */
const AT_ONCE = 20;

/** Tries, with real calls, all that a run needs, and says what stands in its way. Throws nothing that AWS says. */
export async function doctor(options: Doctoring): Promise<DoctorReport> {
  const { tool, now, checks } = options;
  const [looked, parts] = await Promise.all([accountsHealth(options), Promise.all(options.parts)]);
  const accounts = looked.accounts.map((one) => ({ ...one, unknown: unknownIn(one, options) }));
  const all = [...looked.parts, ...parts.flat()];
  const { account, caller } = looked;
  return {
    tool,
    at: now().toISOString(),
    ...(account !== undefined && { account }),
    ...(caller !== undefined && { caller }),
    checks: checks.length,
    regionalChecks: checks.filter((check) => isRegional(check, options.resources)).length,
    isWell: accounts.every(isAccountWell) && all.every(({ state }) => state === 'works'),
    accounts,
    parts: all,
    patch: patchOf(accounts, all, { ...options.roles, account, caller }),
  };
}

interface Looked {
  readonly account?: string;
  readonly caller?: string;
  readonly accounts: readonly AccountHealth[];
  readonly parts: readonly PartHealth[];
}

async function accountsHealth(options: Doctoring): Promise<Looked> {
  const { entrances, region, checks, resources } = options;
  const asked: Answered[] = [];
  const session = recorded(sessionFor({ credentials: entrances.home, counts: callCounts() }), (one) => asked.push(one));
  const closed = await closedTo(entrances.home);
  const home = closed ?? (await whoAmI(session, region).catch(gapFrom));
  if ('reason' in home) return { accounts: [closedHealth({ account: 'unknown' }, home)], parts: [] };
  const { account, partition, arn: caller } = home;
  const { members, parts } = await membersFor(options, session, home);
  const probing = { ...options, wanted: wantedOf(selectionOf(checks), resources), partition, preferred: region };
  const accounts = await pMap(
    members,
    (member) => {
      const isHome = member.account === account;
      const credentials = entranceTo(entrances, { account: member.account, partition, homeAccount: account });
      const besides = entrances.member && ORGANIZATION_ACTIONS;
      return probeAccount(member, { credentials, isHome, ...(isHome && { asked, besides: besides ?? [] }) }, probing);
    },
    { concurrency: AT_ONCE },
  );
  return { account, caller, accounts, parts };
}

/** The account of the run is always among them: it is entered first, and reads the organization for the others. */
async function membersFor(
  { entrances, accounts }: Doctoring,
  session: ReturnType<typeof recorded>,
  home: { readonly account: string; readonly partition: string },
): Promise<{ members: readonly Member[]; parts: readonly PartHealth[] }> {
  const own = { account: home.account };
  if (!entrances.member) return { members: [own], parts: [] };
  try {
    const listed = await membersOf(session, home, accounts);
    const isListed = listed.some(({ account }) => account === home.account);
    const detail = `${listed.length} accounts are looked at`;
    return {
      members: isListed ? listed : [own, ...listed],
      parts: [{ name: 'organization', state: 'works', detail }],
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { members: [own], parts: [{ name: 'organization', state: 'failed', detail: error.message }] };
  }
}

function gapFrom(error: unknown): Gap {
  if (error instanceof CallFailed) return error.gap;
  throw error;
}

/** The checks that need what is denied or blocked; where nobody can be asked, all those that would ask there. */
function unknownIn(
  { closed, regionsGap, actions, unread }: AccountHealth,
  { checks, resources }: Doctoring,
): readonly string[] {
  const stopped = new Set(
    actions.filter(({ state }) => state === 'denied' || state === 'blocked').map(({ action }) => action),
  );
  const isUnknown = (check: AnyCheck) =>
    closed !== undefined ||
    (regionsGap !== undefined && isRegional(check, resources)) ||
    actionsFor(selectionOf([check]), resources).some((action) => stopped.has(action)) ||
    unread.some((one) => isReading(check, one));
  return checks.filter(isUnknown).map(({ id }) => id);
}

function isReading(check: AnyCheck, { type, facet }: Unread): boolean {
  const facets = selectionOf([check]).get(type);
  return facets !== undefined && (facet === undefined || facets.includes(facet));
}

function isRegional(check: AnyCheck, resources: readonly Resource[]): boolean {
  return wantedOf(selectionOf([check]), resources).some(({ scope }) => scope === 'regional');
}

/** For messages to a place that has no room for every account: which ones are not well, alike ones together. */
export interface ShortReport extends Omit<DoctorReport, 'accounts'> {
  readonly accounts: number;
  readonly well: number;
  readonly troubles: readonly Trouble[];
  /** Kinds of trouble that there was no room for. */
  readonly left: number;
}
/** What accounts have in common that are not well. */
export interface Trouble extends Pick<
  AccountHealth,
  'closed' | 'regionsGap' | 'regions' | 'actions' | 'unread' | 'isCutShort' | 'unknown'
> {
  readonly accounts: readonly Pick<AccountHealth, 'account' | 'name'>[];
}

/** Of what is not well alone, accounts with the same trouble together, the most frequent first. */
export function troublesOf(accounts: readonly AccountHealth[]): readonly Trouble[] {
  const ill = accounts
    .filter((one) => !isAccountWell(one))
    .map((one) => ({ account: named(one), trouble: troubleOf(one) }));
  return [...Map.groupBy(ill, ({ trouble }) => JSON.stringify(trouble)).values()]
    .map((group) => ({ accounts: group.map(({ account }) => account), ...group[0]!.trouble }))
    .toSorted((a, b) => b.accounts.length - a.accounts.length);
}

const named = ({ account, name }: AccountHealth) => ({ account, ...(name !== undefined && { name }) });

function troubleOf(one: AccountHealth): Omit<Trouble, 'accounts'> {
  const { closed, regionsGap, isCutShort, unread, unknown } = one;
  return {
    ...(closed && { closed }),
    ...(regionsGap && { regionsGap }),
    ...(isCutShort && { isCutShort }),
    regions: one.regions.filter(({ state }) => state === 'blocked' || state === 'failed'),
    actions: one.actions.filter(
      ({ state, untried }) => (state !== 'works' && state !== 'not-tried') || untried === 'behind',
    ),
    unread,
    unknown,
  };
}

/** Lambda answers with at most 6 MB (AWS Lambda developer guide, "Lambda quotas"). */
const ANSWER_BYTES = 5_000_000;

/** The report with the accounts that are well counted, and with as many troubles as fit. */
export function shortReport(report: DoctorReport, bytes = ANSWER_BYTES): ShortReport {
  const troubles = troublesOf(report.accounts);
  const { allow, obstacles } = report.patch;
  for (let share = 1; ; share /= 2) {
    const some = <T>(list: readonly T[]): readonly T[] => list.slice(0, Math.floor(list.length * share));
    const short = {
      ...report,
      accounts: report.accounts.length,
      well: report.accounts.filter(isAccountWell).length,
      troubles: some(troubles),
      left: troubles.length - some(troubles).length,
      patch: { ...report.patch, allow: some(allow), obstacles: some(obstacles) },
    };
    if (Buffer.byteLength(JSON.stringify(short)) <= bytes || share < 1e-6) return short;
  }
}
