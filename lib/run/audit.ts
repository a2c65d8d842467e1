import type { AwsCredentialIdentityProvider } from '@smithy/types';
import pMap from 'p-map';
import type { Session } from '../aws/caller.ts';
import { sessionFor } from '../aws/clients.ts';
import { type CallCounts, callCounts } from '../aws/counts.ts';
import { CallFailed } from '../aws/gaps.ts';
import { partitionOf } from '../aws/partitions.ts';
import { selectionOf, withTags } from '../aws/permissions.ts';
import {
  globalItem,
  type Item,
  organizationTypes,
  type Planned,
  regionalItem,
  type Wanted,
  wantedOf,
} from '../aws/items.ts';
import { whoAmI } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import { UserError } from '../core/errors.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Cell, Finding } from '../core/model.ts';
import type { OwnerRules } from '../core/owners.ts';
import type { Waiver } from '../core/waivers.ts';
import { memoryStore } from '../store/memory.ts';
import type { RunKey, Store } from '../store/store.ts';
import { collectItem, putLost } from './collect.ts';
import { closedTo, type Entrances, entranceTo } from './entrances.ts';
import { evaluateAccount } from './evaluate.ts';
import { type Shared, storedInventory } from './inventory.ts';
import { type AccountRules, type Member, membersFor } from './members.ts';
import type { Report } from './model.ts';
import { lostCells, type PlannedAccount } from './items.ts';
import { assertMatched, type Regions, regionsOf } from './plan.ts';
import { publish, type Publishing, scopeOf } from './publish.ts';

export interface Audit {
  readonly store: Store;
  readonly run: RunKey;
  readonly tool: string;
  readonly checks: readonly AnyCheck[];
  readonly filters: Readonly<Record<string, string>>;
  readonly now: () => Date;
  readonly waivers?: readonly Waiver[] | undefined;
  readonly owners?: OwnerRules | undefined;
  readonly isInScope?: ((finding: Finding) => boolean) | undefined;
  readonly page?: string | undefined;
  readonly send?: Publishing['send'];
  readonly warnDays?: Publishing['warnDays'];
  readonly furtherFiles?: Publishing['furtherFiles'];
  readonly importFindings?: Publishing['importFindings'];
  readonly mappings?: Publishing['mappings'];
  readonly isOnDemand?: boolean;
}
export interface LiveAudit extends Audit {
  readonly resources: readonly Resource[];
  readonly credentials: AwsCredentialIdentityProvider;
  /** Where the account is asked who it is and which regions it has. */
  readonly region: string;
  /** Globs of regions; empty for all that are enabled. */
  readonly regions: readonly string[];
  /** Enters the other accounts of the organization; absent where the run looks at one account alone. */
  readonly member?: Entrances['member'];
  readonly accounts?: AccountRules | undefined;
  readonly keepsInventory?: boolean | undefined;
  /** Resources are chosen by their tags: so all tags are read. */
  readonly isByTag?: boolean | undefined;
  readonly deadline?: AbortSignal | undefined;
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}
export interface Progress {
  readonly cells: number;
  readonly done: number;
  readonly rows: number;
  readonly calls: number;
}

/** Accounts that are audited at the same time: each has its own rates and its own connections. */
const ACCOUNTS_AT_ONCE = 4;

/** Audits one account, or all of an organization, in this process: plan, collect, evaluate, publish. Nothing waits for what it does not need. */
export async function audit(options: LiveAudit): Promise<Report> {
  const startedAt = options.now().toISOString();
  const counts = callCounts();
  const session = sessionFor({ credentials: options.credentials, counts, deadline: options.deadline });
  const { account: home, partition } = await identified(session, options.region);
  const needed = selectionOf(options.checks);
  const selection = options.isByTag ? withTags(needed, options.resources) : needed;
  const auditing: Auditing = {
    options,
    partition,
    home,
    counts,
    session,
    wanted: wantedOf(selection, options.resources),
    shared: inventoryOf(options),
    progress: progressOf(options, counts),
  };
  const members = await membersFor(options, session, { account: home, partition }, options);
  const own = members.find(({ account }) => account === home);
  // What is read of the organization comes first: the other accounts are judged with it.
  const first = await auditAccount(own ?? { account: home }, auditing, own !== undefined);
  const others = members.filter(({ account }) => account !== home);
  const rest = await pMap(others, (member) => auditAccount(member, auditing, true), { concurrency: ACCOUNTS_AT_ONCE });
  const planned = [...(own ? [first] : []), ...rest].toSorted((a, b) => (a.account < b.account ? -1 : 1));
  assertMatched(planned.filter(({ closed }) => !closed));
  const scope = scopeOf({ partition, home }, planned, options.filters);
  const isIncomplete = options.deadline?.aborted === true;
  return publish({
    ...options,
    // Nobody is told that coverage was lost because somebody stopped a run.
    isOnDemand: options.isOnDemand || isIncomplete,
    isIncomplete,
    now: options.now(),
    startedAt,
    scope,
    calls: counts.list(),
  });
}

/** Judges an inventory that an earlier run saved, without asking AWS anything. */
export async function auditSaved(
  options: Audit,
  saved: Store,
  { accounts, types, ...from }: RunKey & { readonly accounts: readonly string[]; readonly types: readonly Planned[] },
): Promise<Report> {
  const startedAt = options.now().toISOString();
  const regions = new Set<string>();
  const shared = await sharedIn(saved, from, accounts, organizationTypes(types));
  for (const account of accounts) {
    const inventory = await storedInventory(saved, from, account, { shared });
    for (const { region } of inventory.cells) if (region !== 'global') regions.add(region);
    await evaluateAccount(account, inventory, { ...options, now: options.now() });
  }
  const partition = partitionOf([...regions][0] ?? '');
  const scope = { partition, accounts, regions: [...regions].toSorted(), filters: options.filters };
  return publish({ ...options, now: options.now(), startedAt, scope, calls: [] });
}

/** The account that has read the organization for the others. */
async function sharedIn(
  store: Store,
  run: RunKey,
  accounts: readonly string[],
  types: readonly string[],
): Promise<Shared | undefined> {
  for (const account of accounts) {
    const { cells } = await storedInventory(store, run, account);
    if (cells.some(({ type }) => types.includes(type))) return { store, account, types };
  }
  return undefined;
}

/** The account that the credentials belong to. Throws a UserError where AWS does not say. */
export async function identified(session: Session, region: string): ReturnType<typeof whoAmI> {
  try {
    return await whoAmI(session, region);
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    throw new UserError(
      `AWS does not say whose account this is (${error.gap.detail}). Check the credentials: aws sts get-caller-identity, --profile, --role.`,
    );
  }
}

/** What the accounts of one audit have in common. */
interface Auditing {
  readonly options: LiveAudit;
  readonly partition: string;
  readonly home: string;
  readonly counts: CallCounts;
  /** Of the account of the run. */
  readonly session: Session;
  readonly wanted: readonly Wanted[];
  /** The inventory of the account of the run. */
  readonly shared: Store;
  readonly progress: ReturnType<typeof progressOf>;
}

const inventoryOf = ({ keepsInventory, store }: LiveAudit): Store => (keepsInventory ? store : memoryStore());

/** Collects one account and judges it, if it is to be judged. Its inventory is kept no longer than that. */
async function auditAccount(member: Member, auditing: Auditing, isJudged: boolean): Promise<PlannedAccount & Regions> {
  const { options, partition, home, counts, wanted, shared } = auditing;
  const { account } = member;
  const credentials = entranceTo(
    { home: options.credentials, member: options.member },
    { account, partition, homeAccount: home },
  );
  const isHome = account === home;
  const inventory = isHome ? shared : inventoryOf(options);
  const session = isHome ? auditing.session : sessionFor({ credentials, counts, deadline: options.deadline });
  const closed = isHome ? undefined : await closedTo(credentials);
  const regions = closed
    ? { regions: [], unmatched: [], enabled: [] }
    : await collectAccount(auditing, { account, session, inventory, isJudged });
  const planned = { ...member, ...regions, ...(closed && { closed }) };
  if (!isJudged) return planned;
  await putLost(inventory, options.run, account, lostCells(wanted, planned, partition));
  const organization: Shared = { store: shared, account: home, types: organizationTypes(wanted) };
  const opened = await storedInventory(inventory, options.run, account, { shared: organization });
  await evaluateAccount(account, opened, { ...options, now: options.now(), units: member.units });
  return planned;
}

interface Within {
  readonly account: string;
  readonly session: Session;
  readonly inventory: Store;
  readonly isJudged: boolean;
}

/** The account-wide part starts at once; the regions follow as soon as they are known. Answers with the regions. */
async function collectAccount(
  { options, partition, home, wanted, progress }: Auditing,
  { account, session, inventory, isJudged }: Within,
): Promise<Regions> {
  const { resources, run, now } = options;
  const place = { account, partition };
  const collectAll = (items: readonly Item[]) => {
    progress.planned(items);
    const to = { store: inventory, run, resources, now, onCell: progress.onCell };
    return Promise.all(items.map((item) => collectItem(item, session, to)));
  };
  const own = isJudged ? wanted : wanted.filter(({ scope }) => scope === 'organization');
  const collectRegions = async () => {
    const regions = await regionsOf(session, place, options.regions);
    assertMatchedAtHome(regions, options);
    await collectAll(isJudged ? regions.regions.map((region) => regionalItem(own, { ...place, region })) : []);
    return regions;
  };
  const [regions] = await Promise.all([collectRegions(), collectAll([globalItem(own, place, account === home)])]);
  return regions;
}

/** Where there is one account alone, a mistake is told before anything is read. */
function assertMatchedAtHome(regions: Regions, { member }: LiveAudit): void {
  if (!member) assertMatched([regions]);
}

function progressOf(options: LiveAudit, counts: CallCounts) {
  const progress = { cells: 0, done: 0, rows: 0 };
  return {
    planned(items: readonly Item[]): void {
      for (const { types } of items) progress.cells += types.length;
    },
    onCell(cell: Cell): void {
      progress.done += 1;
      progress.rows += cell.rows;
      options.onProgress?.({ ...progress, calls: counts.total() });
    },
  };
}
