import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { fingerprintOf } from '../../lib/core/waivers.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { type Verified, verify } from '../../lib/run/verify.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { audited, checks, NOW, useEmulator } from '../support/audited.ts';

const store = memoryStore();
const run = { date: '2026-06-01', run: 'r1' };
let emulator: Emulator;
let report: Report;
let requestsOfAudit: number;
beforeAll(async () => {
  emulator = await startEmulator({ now: NOW });
  useEmulator(emulator);
  report = await audited({ store, run });
  requestsOfAudit = emulator.stats().requests;
}, 60_000);
afterAll(() => emulator.close());

const verified = (id: string): Promise<Verified> =>
  verify({
    store,
    run,
    id,
    checks,
    resources,
    credentials: async () => ({ accessKeyId: 'emulated', secretAccessKey: 'emulated' }),
    region: 'eu-west-1',
    waivers: [],
    now: () => NOW,
  });

const RANK: Readonly<Record<string, number>> = { FAIL: 0, UNKNOWN: 1, PASS: 2, SKIP: 3 };
/** One finding of each check, of the status that tells most, and all kinds of UNKNOWN. */
function samples(): StoredFinding[] {
  const byCheck = Map.groupBy(report.findings, ({ check, variant }) => `${check} ${variant}`);
  return [...byCheck.values()].flatMap((findings) => {
    const [first] = findings.toSorted((a, b) => RANK[a.status]! - RANK[b.status]!);
    const unknown = findings.find((one) => one.status === 'UNKNOWN' && one !== first);
    return [first!, ...(unknown ? [unknown] : [])];
  });
}

/** The credential report holds the time at which it was made, which is another one each time. */
const isDated = ({ check }: StoredFinding): boolean => check.startsWith('iam-');

const said = (finding: StoredFinding) => {
  const { status, severity, message, gap, basis, resource } = finding;
  return {
    status,
    severity,
    message,
    gap,
    resource,
    told: fingerprintOf(finding),
    ...(isDated(finding) ? {} : { basis }),
  };
};

describe('where nothing changed', () => {
  it('every check says of a resource what it said in the audit, after less reading', { timeout: 300_000 }, async () => {
    let most = 0;
    for (const finding of samples()) {
      emulator.resetStats();
      const { after, cause, calls } = await verified(finding.id);
      expect({ check: finding.check, ...said(after!) }).toEqual({ check: finding.check, ...said(finding) });
      expect({ check: finding.check, cause }).toEqual({ check: finding.check, cause: undefined });
      expect(calls).toBe(emulator.stats().requests);
      most = Math.max(most, calls);
    }
    expect(most).toBeLessThan(requestsOfAudit / 10);
  });
});
