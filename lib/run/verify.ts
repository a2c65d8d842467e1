import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Session } from '../aws/caller.ts';
import { sessionFor } from '../aws/clients.ts';
import { callCounts } from '../aws/counts.ts';
import { CallFailed } from '../aws/gaps.ts';
import { selectionOf } from '../aws/permissions.ts';
import { type Item, wantedOf } from '../aws/items.ts';
import { enabledRegions } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import { type Cause, causeOfChange, type Judge } from '../core/causes.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import { UserError } from '../core/errors.ts';
import type { Finding, Status } from '../core/model.ts';
import { fingerprintOf, type Waiver, waiversAt } from '../core/waivers.ts';
import { visible } from '../report/text.ts';
import type { RunKey, Store } from '../store/store.ts';
import { identified } from './audit.ts';
import { isAboutList } from '../core/scope.ts';
import { judgeOnDemand } from './demand.ts';
import { findingIn } from './found.ts';
import { itemsOf } from './items.ts';
import { infoOf, type RunHeader, type StoredFinding } from './model.ts';

export interface Verifying {
  /** Where the finding is. Nothing is written there. */
  readonly store: Store;
  readonly run: RunKey;
  readonly id: string;
  /** All checks, with the params in force. */
  readonly checks: readonly AnyCheck[];
  readonly resources: readonly Resource[];
  readonly credentials: AwsCredentialIdentityProvider;
  /** Where AWS is asked whose account this is. */
  readonly region: string;
  readonly waivers: readonly Waiver[];
  readonly now: () => Date;
}

/** `gone`: the resource is not there any more. `unknown`: it could not be read, now as before or only now. */
export type Outcome = 'passes' | 'gone' | 'fails' | 'unknown';

export interface Verified {
  readonly outcome: Outcome;
  readonly before: StoredFinding;
  /** Absent where the resource is gone; and where a list that could not be read can be read now. */
  readonly after?: StoredFinding;
  /** Why it is not what it was; absent where nothing changed. */
  readonly cause?: Cause;
  /** Of a finding about a whole list: how what is in it is judged now. */
  readonly verdicts?: Readonly<Record<Status, number>>;
  readonly run: RunKey;
  /** API calls that it took. */
  readonly calls: number;
  readonly milliseconds: number;
}

/**
 * Judges one stored finding anew. Read is what it rests on: the check's types are listed in the finding's place, and of their resources
 * only what the check looks at. Nothing is stored. Throws a UserError where the finding, its check or the account is another.
 */
export async function verify(options: Verifying): Promise<Verified> {
  const { store, run, id, resources, now } = options;
  const started = now().getTime();
  const { header, finding: before } = await findingIn(store, run, id);
  const check = checkOf(before, options.checks);
  const counts = callCounts();
  const session = sessionFor({ credentials: options.credentials, counts });
  const { partition } = await sameAccount(session, options.region, before);
  const items = await itemsFor(check, before, { session, resources, header, partition });
  const findings = await judgeOnDemand({
    check,
    items,
    resources,
    session,
    now,
    isWanted: wantedFor(before),
    besides: tagsOf(before, resources),
  });
  return {
    ...compared(before, findings, check, { header, waivers: options.waivers, now: now() }),
    run,
    calls: counts.total(),
    milliseconds: now().getTime() - started,
  };
}

/** The check that made the finding, made for its type and variant alone. */
function checkOf({ check: id, variant = '', resource }: StoredFinding, checks: readonly AnyCheck[]): AnyCheck {
  const check = checks.find((known) => known.id === id) ?? checks.find((known) => known.formerly === id);
  if (!check) throw new UserError(`this version of ronda has no check ${id}: nothing can be verified by it`);
  const { type } = resource;
  if (!(check.resource as readonly string[]).includes(type) || !check.variants.includes(variant))
    throw new UserError(
      `${check.id} does not judge ${variant ? `${variant} of ` : ''}${type} any more: run ronda audit`,
    );
  return { ...check, resource: [type as never], variants: [variant] };
}

async function sameAccount(session: Session, region: string, { id, resource }: StoredFinding) {
  const identity = await identified(session, region);
  if (identity.account === resource.account) return identity;
  throw new UserError(
    `finding ${id} is about account ${resource.account}, and these credentials (${visible(identity.arn)}) belong to ${identity.account}. Choose others with --profile or --role.`,
  );
}

interface Planning {
  readonly session: Session;
  readonly resources: readonly Resource[];
  readonly header: RunHeader;
  readonly partition: string;
}

async function itemsFor(check: AnyCheck, { resource }: StoredFinding, planning: Planning): Promise<readonly Item[]> {
  const { resources, partition } = planning;
  const selection = selectionOf([check]);
  const isRegional = resources.some(({ type, scope }) => selection.has(type) && scope === 'regional');
  const regions = isRegional ? await regionsFor(resource, planning) : [];
  const { account } = resource;
  return itemsOf(wantedOf(selection, resources), { account, regions }, { partition, home: account });
}

/** A resource sees its own region. What is account-wide sees all that the run looked at, as far as they are still enabled. */
async function regionsFor(
  { account, region }: StoredFinding['resource'],
  { session, header, partition }: Planning,
): Promise<readonly string[]> {
  if (region !== 'global' && region !== UNNAMED) return [region];
  const before = header.scope.regions;
  try {
    const enabled = await enabledRegions(session, account, partition);
    return before.length > 0 ? enabled.filter((one) => before.includes(one)) : enabled;
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    if (before.length > 0) return before;
    throw new UserError(`AWS does not name the regions of the account (${error.message}): allow ec2:DescribeRegions`);
  }
}

/** The region of findings about regions that could not be named. */
const UNNAMED = 'unknown';

/** A finding about a list is verified by all that is in the list. */
function wantedFor(before: StoredFinding): (resource: { type: string; arn: string; region: string }) => boolean {
  const { type, arn, region } = before.resource;
  if (isAboutList(before)) return (one) => one.type === type;
  return (one) => one.type === type && one.arn === arn && one.region === region;
}

/** Waivers may go by tags: where the run read them, they are read again. */
function tagsOf({ resource }: StoredFinding, resources: readonly Resource[]): readonly string[] {
  const type = resources.find((candidate) => candidate.type === resource.type);
  return type && 'tags' in type.facets && (resource.tags || resource.areTagsUnknown) ? ['tags'] : [];
}

interface Against {
  readonly header: RunHeader;
  readonly waivers: readonly Waiver[];
  readonly now: Date;
}

function compared(
  before: StoredFinding,
  findings: readonly Finding[],
  check: AnyCheck,
  { header, waivers, now }: Against,
): Pick<Verified, 'outcome' | 'before' | 'after' | 'cause' | 'verdicts'> {
  // Where the list is not whole, a resource that is not in it may still be there.
  const met = findings.find(({ id }) => id === before.id) ?? findings.find(isAboutList);
  const after = met && { ...met, ...waiversAt(waivers, now).on(met) };
  const past = { judge: pastJudge(header, before), wasInScope: true, wasListed: true };
  const isList = isAboutList(before);
  const cause =
    isList && !after
      ? ({ kind: 'coverage-regained' } as const)
      : hasChanged(before, after)
        ? causeOfChange(before, after, infoOf(check), past)
        : undefined;
  return {
    outcome: isList && !after ? outcomeOfAll(findings) : outcomeOf(after),
    before,
    ...(after && { after }),
    ...(cause && { cause }),
    ...(isList && { verdicts: countsOf(findings) }),
  };
}

const pastJudge = ({ checks }: RunHeader, { check }: StoredFinding): Judge | undefined =>
  checks.find(({ id }) => id === check);

function hasChanged(before: StoredFinding, after: StoredFinding | undefined): boolean {
  return (
    before.status !== after?.status ||
    fingerprintOf(before) !== fingerprintOf(after) ||
    (before.waiver === undefined) !== (after.waiver === undefined)
  );
}

function outcomeOf(after: Finding | undefined): Outcome {
  if (!after) return 'gone';
  if (after.status === 'UNKNOWN') return 'unknown';
  return after.status === 'FAIL' ? 'fails' : 'passes';
}

function outcomeOfAll(findings: readonly Finding[]): Outcome {
  const { FAIL, UNKNOWN } = countsOf(findings);
  if (FAIL > 0) return 'fails';
  return UNKNOWN > 0 ? 'unknown' : 'passes';
}

function countsOf(findings: readonly Finding[]): Record<Status, number> {
  const counts = { PASS: 0, FAIL: 0, SKIP: 0, UNKNOWN: 0 };
  for (const { status } of findings) counts[status] += 1;
  return counts;
}
