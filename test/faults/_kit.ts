import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { LiveAudit } from '../../lib/run/audit.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import type { Profile } from '../emulator/profile.ts';
import { type Emulator, type EmulatorOptions, startEmulator } from '../emulator/server.ts';
import { audited, checks, NOW, useEmulator } from '../support/audited.ts';

/** Every fault on every operation, with RONDA_FUZZ=all (npm run fuzz). */
export const isAll = process.env['RONDA_FUZZ'] === 'all';

/** Nothing here is about waiting for the credential report, unless it says so. */
export const AT_ONCE: Profile = { credentialReportPolls: 0 };

/** An emulator for the tests of a file. Retries do not wait: their jitter is always the shortest. */
export function faulty(options: EmulatorOptions = {}): { readonly aws: Emulator } {
  const kit = {} as { aws: Emulator };
  beforeAll(async () => {
    kit.aws = await startEmulator({ now: NOW, profile: AT_ONCE, ...options });
    useEmulator(kit.aws);
  });
  beforeEach(() => {
    kit.aws.setProfile(AT_ONCE);
    kit.aws.resetStats();
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => void vi.restoreAllMocks());
  afterAll(() => kit.aws.close());
  return kit;
}

/** Audits one region of the example account. */
export const oneRegion = (options: Partial<LiveAudit> = {}): Promise<Report> =>
  audited({ regions: ['eu-west-1'], ...options });

export const byId = ({ findings }: Report): ReadonlyMap<string, StoredFinding> =>
  new Map(findings.map((finding) => [finding.id, finding]));

export const checksOf = (...services: readonly string[]): readonly AnyCheck[] =>
  checks.filter(({ id }) => services.includes(id.split('-', 1)[0]!));

/** What became of the answers: lost ones are UNKNOWN, and no other change is lawful. */
export function compared(before: ReadonlyMap<string, StoredFinding>, after: Report): { wrong: string[]; lost: number } {
  const wrong: string[] = [];
  let lost = 0;
  for (const { id, check, status, resource, message } of after.findings) {
    const earlier = before.get(id)?.status;
    if (status === 'UNKNOWN' && earlier !== 'UNKNOWN') lost += 1;
    else if (status !== earlier) wrong.push(`${check} of ${resource.arn} was ${earlier}, is ${status}: ${message}`);
  }
  return { wrong, lost };
}

/** The resources of the first report that have neither a verdict nor a list that is known not to be whole. */
export function silenced(
  before: ReadonlyMap<string, StoredFinding>,
  after: Report,
  checks: readonly AnyCheck[],
): string[] {
  const now = byId(after);
  const asked = new Set(checks.map(({ id }) => id));
  const gaps = new Set(
    after.findings
      .filter(({ resource }) => resource.arn.startsWith('ronda:'))
      .map(({ check, resource }) => `${check} ${resource.type}`),
  );
  return [...before.values()]
    .filter(({ id, check, resource }) => asked.has(check) && !now.has(id) && !gaps.has(`${check} ${resource.type}`))
    .map(({ check, resource }) => `${check} of ${resource.arn} is silenced`);
}
