import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { sessionFor } from '../aws/clients.ts';
import type { Session } from '../aws/caller.ts';
import { type CallCounts, callCounts } from '../aws/counts.ts';
import { CallFailed } from '../aws/gaps.ts';
import { selectionOf, withTags } from '../aws/permissions.ts';
import { partitionOf } from '../aws/partitions.ts';
import { type Item, whoAmI } from '../aws/plan.ts';
import type { Resource } from '../aws/resource.ts';
import { UserError } from '../core/errors.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Cell, Finding } from '../core/model.ts';
import type { OwnerRules } from '../core/owners.ts';
import type { Waiver } from '../core/waivers.ts';
import { memoryStore } from '../store/memory.ts';
import type { RunKey, Store } from '../store/store.ts';
import { collectItem, putLost } from './collect.ts';
import { evaluateAccount } from './evaluate.ts';
import { storedInventory } from './inventory.ts';
import type { Report } from './model.ts';
import { globalItems, regionalPlan } from './plan.ts';
import { publish, type Publishing } from './publish.ts';

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

/** Audits one account in this process: plan, collect, evaluate, publish. Nothing waits for what it does not need. */
export async function audit(options: LiveAudit): Promise<Report> {
  const startedAt = options.now().toISOString();
  const counts = callCounts();
  const session = sessionFor({ credentials: options.credentials, counts, deadline: options.deadline });
  const { account, partition } = await identified(session, options.region);
  const inventory = options.keepsInventory ? options.store : memoryStore();
  const regions = await collectAccount(options, { account, partition, session, counts, inventory });
  await evaluateAccount(account, await storedInventory(inventory, options.run, account), {
    ...options,
    now: options.now(),
  });
  const scope = { partition, accounts: [account], regions, filters: options.filters };
  return publish({ ...options, now: options.now(), startedAt, scope, calls: counts.list() });
}

/** Judges an inventory that an earlier run saved, without asking AWS anything. */
export async function auditSaved(
  options: Audit,
  saved: Store,
  from: RunKey,
  accounts: readonly string[],
): Promise<Report> {
  const startedAt = options.now().toISOString();
  const regions = new Set<string>();
  for (const account of accounts) {
    const inventory = await storedInventory(saved, from, account);
    for (const { region } of inventory.cells) if (region !== 'global') regions.add(region);
    await evaluateAccount(account, inventory, { ...options, now: options.now() });
  }
  const partition = partitionOf([...regions][0] ?? '');
  const scope = { partition, accounts, regions: [...regions].toSorted(), filters: options.filters };
  return publish({ ...options, now: options.now(), startedAt, scope, calls: [] });
}

interface Within {
  readonly account: string;
  readonly partition: string;
  readonly session: Session;
  readonly counts: CallCounts;
  readonly inventory: Store;
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

/** The account-wide part starts at once; the regions follow as soon as they are known. Answers with the regions. */
async function collectAccount(
  options: LiveAudit,
  { session, counts, inventory, ...account }: Within,
): Promise<readonly string[]> {
  const { resources, run, now } = options;
  const needed = selectionOf(options.checks);
  const selection = options.isByTag ? withTags(needed, resources) : needed;
  const progress = { cells: 0, done: 0, rows: 0 };
  const onCell = (cell: Cell) => {
    progress.done += 1;
    progress.rows += cell.rows;
    options.onProgress?.({ ...progress, calls: counts.total() });
  };
  const collectAll = (items: readonly Item[]) => {
    for (const { types } of items) progress.cells += types.length;
    return Promise.all(
      items.map((item) => collectItem(item, session, { store: inventory, run, resources, now, onCell })),
    );
  };
  const collectRegions = async () => {
    const plan = await regionalPlan(session, selection, resources, account, options.regions);
    await putLost(inventory, run, account.account, plan.lost);
    await collectAll(plan.items);
    return plan.regions;
  };
  const [regions] = await Promise.all([collectRegions(), collectAll(globalItems(selection, resources, account))]);
  return regions;
}
