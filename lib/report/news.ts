import { causeOf, keyOf } from '../core/coverage.ts';
import type { Expiry } from '../core/expiries.ts';
import type { Gap } from '../core/model.ts';
import { ownerOf, type OwnerRules } from '../core/owners.ts';
import { waiversAt } from '../core/waivers.ts';
import type { Report, RunHeader, StoredFinding } from '../run/model.ts';
import { type Changed, changesOf, namesAllUnknown, worstFirst } from './digest.ts';

/** What one message can tell. */
export interface News {
  /** Whose message it is; absent where everybody gets the same one. */
  readonly owner?: string;
  readonly changes: readonly Owned<Changed>[];
  /** What fails and is not accepted, and what could not be judged. */
  readonly open: readonly Owned<StoredFinding>[];
  /** The report names some of very many UNKNOWN: counts of them are the least that they are. */
  readonly isCut: boolean;
  /** UNKNOWNs of causes that the run before did not have. */
  readonly lost: readonly Owned<StoredFinding>[];
  readonly regained: readonly Gap[];
  readonly ending: readonly Owned<Ending>[];
  /** Accounts that were never judged before. */
  readonly first: readonly string[];
  /** What is open in them. */
  readonly onFirst: readonly Owned<StoredFinding>[];
}
export type Owned<T> = T & { readonly owner: string };
/** Waivers are the business of who answers for them. */
export type Ending = Expiry & { readonly findings: readonly StoredFinding[] };

/** Everything that a run has to tell, with who answers for it. */
export function newsOf(report: Report, expiries: readonly Expiry[], rules: OwnerRules): News {
  const { header, findings } = report;
  const open = worstFirst(
    findings.filter(({ status, waiver }) => status === 'UNKNOWN' || (status === 'FAIL' && !waiver)),
  )
    // Runs of earlier releases have no owners.
    .map((finding) => ({ ...finding, owner: finding.owner ?? ownerOf(finding.resource, rules) }));
  const isLost = lossesIn(header);
  const first = header.accounts.filter(({ hasHistory }) => !hasHistory).map(({ account }) => account);
  const isOnFirst = new Set(first);
  return {
    changes: changesOf(report).map((change) => ({ ...change, owner: change.owner ?? ownerOf(change, rules) })),
    open,
    isCut: !namesAllUnknown(report),
    lost: open.filter(isLost),
    regained: header.accounts.flatMap(({ regained }) => regained),
    ending: expiries.map((expiry) => ({
      ...expiry,
      findings: namedBy(expiry, report),
      owner: expiry.use.waiver.owner,
    })),
    first,
    onFirst: open.filter(({ resource }) => isOnFirst.has(resource.account)),
  };
}

function lossesIn({ accounts }: RunHeader): (finding: StoredFinding) => boolean {
  const lost = new Map(accounts.map(({ account, lost: causes }) => [account, new Set(causes.map(keyOf))]));
  return (finding) =>
    finding.status === 'UNKNOWN' && lost.get(finding.resource.account)?.has(keyOf(causeOf(finding))) === true;
}

function namedBy({ use }: Expiry, { header, findings }: Report): StoredFinding[] {
  const waivers = waiversAt([use.waiver], new Date(header.startedAt));
  return findings.filter((finding) => {
    const { waiver, waiverEnded } = waivers.on(finding);
    return waiver !== undefined || waiverEnded === 'expired';
  });
}

/** A part for each owner, with nothing of anybody else; what nobody owns in particular is the default owner's. */
export function newsByOwner(news: News, rules: OwnerRules): News[] {
  const by = <T extends { readonly owner: string }>(things: readonly T[]) => Map.groupBy(things, ({ owner }) => owner);
  const [changes, open, lost, ending] = [by(news.changes), by(news.open), by(news.lost), by(news.ending)];
  const firsts = by(news.onFirst);
  const owners = new Set([...changes.keys(), ...open.keys(), ...ending.keys()]);
  const ofOwner = (owner: string): News => {
    const onFirst = firsts.get(owner) ?? [];
    const accounts = new Set(onFirst.map(({ resource }) => resource.account));
    return {
      owner,
      changes: changes.get(owner) ?? [],
      open: open.get(owner) ?? [],
      isCut: news.isCut,
      lost: lost.get(owner) ?? [],
      regained: [],
      ending: ending.get(owner) ?? [],
      first: news.first.filter((account) => accounts.has(account)),
      onFirst,
    };
  };
  const messages = [...owners].toSorted().map(ofOwner);
  if (news.first.length === 0 || news.onFirst.length > 0) return messages;
  // Nothing is open in an account that was never judged before: good news, and nobody's.
  return [...messages.filter(({ owner }) => owner !== rules.default), { ...ofOwner(rules.default), first: news.first }];
}

export const isTelling = ({ changes, lost, ending, first }: News): boolean =>
  changes.length + lost.length + ending.length + first.length > 0;

/** Where something is different; first looks apart. */
export function changedAccounts({ changes, lost, ending }: News): Set<string> {
  const findings = [...lost, ...ending.flatMap((one) => one.findings)];
  return new Set([...changes.map(({ account }) => account), ...findings.map(({ resource }) => resource.account)]);
}

/** What fails in the accounts that were never judged before. */
export const failedOnFirst = ({ onFirst }: News): Owned<StoredFinding>[] =>
  onFirst.filter(({ status }) => status === 'FAIL');
