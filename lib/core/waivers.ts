import { createHash } from 'node:crypto';
import type { Finding, Identity, Json } from './model.ts';
import { REPORT_TIME } from './report-time.ts';

/** An accepted risk: which findings, who answers for it, why, and until when. */
export interface Waiver {
  /** A check's id; `*` stands for any text, `?` for one character, and a pattern matches whole ids. */
  readonly check: string;
  /** A pattern of whole ARNs or ids. */
  readonly resource: string;
  readonly accounts?: readonly string[] | undefined;
  /** Patterns of regions. */
  readonly regions?: readonly string[] | undefined;
  /** The resource has each of these tags, with a value that matches. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly owner: string;
  readonly reason: string;
  readonly ticket?: string | undefined;
  /** The last day on which it holds, YYYY-MM-DD in UTC. */
  readonly expires: string;
  /** The fingerprint of what was accepted: when the deciding fields change, the waiver ends. */
  readonly state?: string | undefined;
}

/** What a finding says of the waiver that covers it. */
export type AppliedWaiver = Pick<Waiver, 'owner' | 'reason' | 'ticket' | 'expires'>;
/** Why a waiver that names a finding does not cover it any more. */
export type WaiverEnd = 'expired' | 'outlived' | 'removed';

/** What became of one waiver in a run. */
export interface WaiverUse {
  readonly waiver: Waiver;
  /** Findings that it covers, or would cover if they could be judged. */
  readonly covers: number;
  /** Failing findings that it names, but whose deciding fields are not those that were accepted. */
  readonly outlived: number;
}

export interface Waivers {
  /** What covers a failing finding, or why what names it does not. */
  on(finding: Finding): { readonly waiver?: AppliedWaiver; readonly waiverEnded?: WaiverEnd };
  /** After the last finding, in the order of the file. */
  uses(): readonly WaiverUse[];
}

/** Applies waivers to findings as they stream past. */
export function waiversAt(waivers: readonly Waiver[], now: Date): Waivers {
  const entries = waivers.map((waiver) => ({ waiver, matches: matcherOf(waiver), covers: 0, outlived: 0 }));
  const today = now.toISOString().slice(0, 10);
  return {
    on(finding) {
      if (finding.status !== 'FAIL' && finding.status !== 'UNKNOWN') return {};
      const named = entries.filter(({ matches }) => matches(finding));
      if (finding.status === 'UNKNOWN') {
        for (const entry of named) entry.covers += 1;
        return {};
      }
      const fitting = named.filter((entry) => isAccepted(entry.waiver, finding));
      for (const entry of named) entry[fitting.includes(entry) ? 'covers' : 'outlived'] += 1;
      const inForce = fitting.find(({ waiver }) => waiver.expires >= today);
      if (inForce) return { waiver: appliedOf(inForce.waiver) };
      if (named.length === 0) return {};
      return { waiverEnded: fitting.length > 0 ? 'expired' : 'outlived' };
    },
    uses: () => entries.map(({ waiver, covers, outlived }) => ({ waiver, covers, outlived })),
  };
}

export type WaiverStatus = 'active' | 'expiring' | 'expired' | 'outlived' | 'unused';

/** How long before its end a waiver is announced where the configuration does not say. */
export const WARN_DAYS = 14;

/** What to say of a waiver after a run. `unused` may as well mean that the run did not look there. */
export function statusOf({ waiver, covers, outlived }: WaiverUse, now: Date, warnDays: number): WaiverStatus {
  const day = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  if (waiver.expires < day(0)) return 'expired';
  if (covers === 0) return outlived > 0 ? 'outlived' : 'unused';
  return waiver.expires <= day(warnDays) ? 'expiring' : 'active';
}
const DAY_MS = 86_400_000;

/**
 * What was found, as 12 hexadecimal digits: the severity and the deciding fields. When it was read does not count.
 * Two findings of one check on one resource with equal fingerprints say the same.
 */
export function fingerprintOf({
  severity,
  message,
  evidence,
}: Pick<Finding, 'severity' | 'message' | 'evidence'>): string {
  const told = evidence === undefined ? message : lasting(evidence);
  return createHash('sha256')
    .update(JSON.stringify([severity, told]))
    .digest('hex')
    .slice(0, 12);
}

function lasting(evidence: Json): Json {
  if (evidence === null || typeof evidence !== 'object') return evidence;
  if (Array.isArray(evidence)) return evidence.map(lasting);
  return Object.fromEntries(
    Object.entries(evidence)
      .filter(([name]) => name !== REPORT_TIME)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, value]) => [name, lasting(value as Json)]),
  );
}

const isAccepted = (waiver: Waiver, finding: Finding): boolean =>
  waiver.state === undefined || waiver.state === fingerprintOf(finding);

const appliedOf = ({ owner, reason, ticket, expires }: Waiver): AppliedWaiver => ({
  owner,
  reason,
  expires,
  ...(ticket !== undefined && { ticket }),
});

function matcherOf({ check, resource, accounts, regions, tags }: Waiver): (finding: Finding) => boolean {
  const isCheck = patternOf(check);
  const isResource = patternOf(resource);
  const isRegion = regions?.map(patternOf);
  const wanted = Object.entries(tags ?? {}).map(([key, value]) => ({ key, isValue: patternOf(value) }));
  const isTagged = ({ tags: own }: Identity) =>
    wanted.every(({ key, isValue }) => own !== undefined && Object.hasOwn(own, key) && isValue(own[key]!));
  return ({ check: id, resource: one }) =>
    isCheck(id) &&
    (isResource(one.arn) || isResource(one.id)) &&
    (!accounts || accounts.includes(one.account)) &&
    (!isRegion || isRegion.some((matches) => matches(one.region))) &&
    isTagged(one);
}

/** `*` and `?` as in ARNs of policies: they cross slashes. The pattern speaks of the whole text. */
export function patternOf(pattern: string): (text: string) => boolean {
  const source = pattern
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll(String.raw`\*`, '.*')
    .replaceAll(String.raw`\?`, '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}
