import type { Cause } from '../core/causes.ts';
import type { Coverage, GapGroup, Summary } from '../core/coverage.ts';
import type { Gone } from '../core/diff.ts';
import type { Gap, Identity, Json, Params } from '../core/model.ts';
import { OWNER_RULES } from '../core/owners.ts';
import type { AppliedWaiver, Waiver, WaiverUse } from '../core/waivers.ts';
import type { AccountOutcome, CheckInfo, Report, RunHeader, Scope, StoredFinding } from '../run/model.ts';
import { isEnumerated, isPlainWord, isReadable, isWrittenByChecks } from './redact/harmless.ts';
import { type Pseudonyms, pseudonyms } from './redact/pseudonyms.ts';
import { isOfOurWords, sentencesWith } from './redact/sentences.ts';

/**
 * The report with stable pseudonyms in place of accounts, ARNs, names, addresses, tags and people: what is not known to be AWS's own
 * or the product's is replaced. The same key gives the same pseudonyms, in every report; without the key nobody can compute or try
 * them, which is why digests of what was found (ids of findings, states of waivers) are replaced too. Checks, actions, regions,
 * types, dates and counts stay readable.
 */
export function redacted(report: Report, key: Uint8Array): Report {
  const stand = pseudonyms(key);
  const vocabulary = vocabularyOf(report.header);
  const kept = new Set<string>();
  // The first pass meets every name where it stands as one; the second finds them in sentences too. What the checks were told to look
  // for (names such as admin) is not there: it would be found in every sentence.
  const named = { ...report, header: { ...report.header, checks: [] } };
  reportWith(named, { ...stand, vocabulary, kept, sentence: (text) => text, keyText: (text) => text });
  const { redacted: sentence, redactedKey: keyText } = sentencesWith(stand, { vocabulary, kept });
  return reportWith(report, { ...stand, vocabulary, kept, sentence, keyText });
}

interface Redactor extends Pseudonyms {
  /** Words that the checks' own texts use: they tell nothing where they stand in a sentence. */
  readonly vocabulary: ReadonlySet<string>;
  /** Words of AWS's enumerations that were left as they are. */
  readonly kept: Set<string>;
  sentence(text: string, own?: readonly string[]): string;
  /** For keys, which people choose in words of their own. */
  keyText(text: string): string;
}

function vocabularyOf({ checks }: RunHeader): ReadonlySet<string> {
  const texts = checks.flatMap(({ title, why, fix }) => [title, why, fix]);
  const words = texts.flatMap((text) => text.toLowerCase().match(/\p{L}+/gu) ?? []);
  return new Set([...words, ...checks.map(({ id }) => id)]);
}

function reportWith({ header, findings, ...rest }: Report, to: Redactor): Report {
  return {
    ...anything(rest, to),
    header: headerOf(header, to),
    findings: findings.map((finding) => findingOf(finding, to)),
  };
}

/** Members that a later version adds are treated as text until they are given a rule of their own. */
function anything<V>(value: V, to: Redactor): V {
  if (typeof value === 'string') return to.sentence(value) as V;
  if (Array.isArray(value)) return value.map((item: unknown) => anything(item, to)) as V;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [to.sentence(name), anything(item, to)])) as V;
}

function findingOf(finding: StoredFinding, to: Redactor): StoredFinding {
  const { id, check, variant, status, severity, at, firstSeen, change, waiverEnded, resource, ...told } = finding;
  const { message, evidence, gap, basis, cause, owner, waiver, ...rest } = told;
  const own = [resource.id];
  return {
    ...anything(rest, to),
    id: to.digest(id),
    check,
    ...(variant !== undefined && { variant }),
    status,
    severity,
    at,
    ...(firstSeen !== undefined && { firstSeen }),
    ...(change !== undefined && { change }),
    ...(waiverEnded !== undefined && { waiverEnded }),
    resource: identityOf(resource, to),
    message: to.sentence(message, own),
    ...(evidence !== undefined && { evidence: evidenceOf(evidence, to) }),
    ...(gap !== undefined && { gap: gapOf(gap, to) }),
    ...(basis !== undefined && { basis: to.digest(basis) }),
    ...(cause !== undefined && { cause: causeOf(cause, to, own) }),
    ...(owner !== undefined && { owner: person(owner, to) }),
    ...(waiver !== undefined && { waiver: appliedOf(waiver, to) }),
  };
}

function identityOf({ type, id, arn, account, region, tags, ...rest }: Identity, to: Redactor): Identity {
  return {
    ...rest,
    type,
    id: arn.startsWith('ronda:') ? id : to.name(id),
    arn: to.arn(arn),
    account: to.account(account),
    region: to.name(region),
    ...(tags && { tags: tagsOf(tags, to) }),
  };
}

/** Values of tags are names; their keys are read by people, and hold none but by chance. */
function tagsOf(tags: Readonly<Record<string, string>>, to: Redactor): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [to.keyText(key), to.name(value)]));
}

const person = (owner: string, to: Redactor): string => (owner === OWNER_RULES.default ? owner : to.name(owner));

/** The same for a cause and for each finding that has it: they are grouped by it. */
function gapOf<G extends Gap>(gap: G, to: Redactor): G {
  return { ...gap, operation: to.sentence(gap.operation), detail: to.sentence(gap.detail) };
}

function causeOf(cause: Cause, to: Redactor, own?: readonly string[]): Cause {
  if (cause.kind === 'waiver-began') return { ...cause, waiver: appliedOf(cause.waiver, to) };
  if (cause.kind === 'coverage-lost') return { ...cause, gap: cause.gap && gapOf(cause.gap, to) };
  if (!('before' in cause)) return cause;
  // A message where a verdict had no evidence.
  const side = (value: Json) => (typeof value === 'string' ? to.sentence(value, own) : evidenceOf(value, to));
  return { ...cause, before: side(cause.before), after: side(cause.after) };
}

/** Strings of evidence are names unless their form or their field says otherwise. */
function evidenceOf(value: Json | undefined, to: Redactor, field = ''): Json {
  if (typeof value === 'string') return leafOf(value, field, to);
  if (value === undefined || value === null || typeof value !== 'object') return value ?? null;
  if (Array.isArray(value)) return value.map((item: Json) => evidenceOf(item, to, field));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [to.sentence(name), evidenceOf(item, to, name)]),
  );
}

function leafOf(text: string, field: string, to: Redactor): string {
  if (isReadable(text)) return text;
  if (isEnumerated(field, text) || (isWrittenByChecks(field) && text.split(' ').every(isOfOurWords))) {
    to.kept.add(text);
    return text;
  }
  if (/\s/.test(text))
    return text
      .split(/(\s+)/)
      .map((word) => wordOf(word, to))
      .join('');
  return to.name(text);
}

/** A word of a phrase, between its marks. */
function wordOf(word: string, to: Redactor): string {
  const [, before, text, after] = /^([("'[]*)(.*?)([)"'\],;:.]*)$/s.exec(word) as unknown as [string, ...string[]];
  const isKept = text === '' || isReadable(text!) || isPlainWord(text!) || /^[^\p{L}\p{N}]+$/u.test(text!);
  const isOfOurs = /^\p{L}+$/u.test(text!) && to.vocabulary.has(text!.toLowerCase());
  return `${before}${isKept || isOfOurs ? text : to.name(text!)}${after}`;
}

function appliedOf({ owner, reason, ticket, ...rest }: AppliedWaiver, to: Redactor): AppliedWaiver {
  return {
    ...rest,
    owner: person(owner, to),
    reason: to.words('reason', reason),
    ...(ticket !== undefined && { ticket: to.words('ticket', ticket) }),
  };
}

function waiverOf(waiver: Waiver, to: Redactor): Waiver {
  const { check, resource, accounts, regions, tags, owner, reason, ticket, state, expires, ...rest } = waiver;
  return {
    ...anything(rest, to),
    ...appliedOf({ owner, reason, expires, ...(ticket !== undefined && { ticket }) }, to),
    check,
    resource: to.name(resource),
    ...(accounts && { accounts: accounts.map(to.account) }),
    ...(regions && { regions }),
    ...(tags && { tags: tagsOf(tags, to) }),
    ...(state !== undefined && { state: to.digest(state) }),
  };
}

const usesOf = (uses: readonly WaiverUse[], to: Redactor): WaiverUse[] =>
  uses.map((use) => ({ ...use, waiver: waiverOf(use.waiver, to) }));

function headerOf(header: RunHeader, to: Redactor): RunHeader {
  const { format, tool, date, run, startedAt, endedAt, calls, trend, frameworks, checklists, ...told } = header;
  const { scope, checks, accounts, summary, waivers, ...rest } = told;
  return {
    ...anything(rest, to),
    format,
    tool,
    date,
    run,
    startedAt,
    endedAt,
    scope: scopeOf(scope, to),
    checks: checks.map((check) => checkOf(check, to)),
    accounts: accounts.map((account) => accountOf(account, to)),
    summary: summaryOf(summary, to),
    calls,
    waivers: usesOf(waivers, to),
    trend,
    ...(frameworks && { frameworks }),
    ...(checklists && { checklists }),
  };
}

/** Filters that name checks and places; what the others hold is the user's own. */
const OPEN_FILTERS: ReadonlySet<string> = new Set(['checks', 'skip', 'services', 'severity', 'regions']);

function scopeOf({ accounts, names, home, filters, ...rest }: Scope, to: Redactor): Scope {
  const said = (name: string, value: string) => (OPEN_FILTERS.has(name) ? value : filterOf(value, to));
  return {
    ...anything(rest, to),
    accounts: accounts.map(to.account),
    ...(names && {
      names: Object.fromEntries(Object.entries(names).map(([id, name]) => [to.account(id), to.name(name)])),
    }),
    ...(home !== undefined && { home: to.account(home) }),
    filters: Object.fromEntries(Object.entries(filters).map(([name, value]) => [name, said(name, value)])),
  };
}

/** `key=value,key=value` for tags; whole for anything else. */
function filterOf(filter: string, to: Redactor): string {
  if (!filter.includes('=')) return to.name(filter);
  const pairs = filter.split(',').map((pair) => {
    const [key, ...value] = pair.split('=');
    return value.length === 0 ? to.name(pair) : `${to.keyText(key!)}=${to.name(value.join('='))}`;
  });
  return pairs.join(',');
}

/** The texts are the product's own; what the user set is not. */
function checkOf({ params, ...rest }: CheckInfo, to: Redactor): CheckInfo {
  return { ...rest, params: evidenceOf(params, to) as Params };
}

function accountOf(outcome: AccountOutcome, to: Redactor): AccountOutcome {
  const { account, hasHistory, summary, gone, causes, lost, regained, ...rest } = outcome;
  const { statuses, failed, passed, waived, gaps } = summary;
  return {
    ...anything(rest, to),
    account: to.account(account),
    hasHistory,
    summary: { statuses, failed, passed, waived, gaps: gaps.map((gap) => gapGroupOf(gap, to)) },
    gone: gone.map((one) => goneOf(one, to)),
    causes: Object.fromEntries(Object.entries(causes).map(([id, cause]) => [to.digest(id), causeOf(cause, to)])),
    lost: lost.map((gap) => gapGroupOf(gap, to)),
    regained: regained.map((gap) => gapOf(gap, to)),
  };
}

function goneOf(gone: Gone, to: Redactor): Gone {
  const { id, arn, owner, check, severity, type, region, firstSeen, change, ...rest } = gone;
  return {
    ...anything(rest, to),
    check,
    severity,
    type,
    region,
    firstSeen,
    change,
    id: to.digest(id),
    arn: to.arn(arn),
    ...(owner !== undefined && { owner: person(owner, to) }),
  };
}

function summaryOf({ coverage, gaps, ...rest }: Summary, to: Redactor): Summary {
  const placeOf = (place: Coverage): Coverage => ({ ...place, account: to.account(place.account) });
  return { ...rest, coverage: coverage.map(placeOf), gaps: gaps.map((gap) => gapGroupOf(gap, to)) };
}

function gapGroupOf(group: GapGroup, to: Redactor): GapGroup {
  return { ...gapOf(group, to), accounts: group.accounts.map(to.account) };
}
