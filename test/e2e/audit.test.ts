import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { actionsFor, selectionOf } from '../../lib/aws/permissions.ts';
import { PLAN_ACTIONS } from '../../lib/aws/plan.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { iamActionOf } from '../emulator/actions.ts';
import { changedWorld } from '../emulator/changes.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { EXAMPLE } from '../emulator/world.ts';
import { audited, checks, NOW, useEmulator } from '../support/audited.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: NOW });
  useEmulator(emulator);
});
beforeEach(() => {
  emulator.setProfile(AT_ONCE);
  emulator.resetStats();
});
afterAll(() => emulator.close());

/** The credential report is there when it is asked for: nothing here is about waiting. */
const AT_ONCE = { credentialReportPolls: 0 };
const GOLDEN = new URL('./golden/findings.txt', import.meta.url);
/** Regions that hold something of every service, so that many runs stay quick. */
const BUSY = ['eu-west-1', 'us-east-1'];

function line({ status, severity, check, variant, resource, message }: StoredFinding): string {
  return [status.padEnd(7), severity.padEnd(8), check, variant ?? '', resource.region, resource.arn, message].join(
    ' | ',
  );
}

it('the example account is judged as it was read and agreed to (UPDATE_GOLDEN=1 npm test -- e2e/audit writes it anew: read the difference)', async () => {
  const { findings } = await audited();
  const lines = `${findings.map(line).toSorted().join('\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] || !existsSync(GOLDEN)) writeFileSync(GOLDEN, lines);
  expect(lines).toBe(readFileSync(GOLDEN, 'utf8'));
});

describe('every check', () => {
  // An access key of the sandbox account; what an account has only one of, one account alone cannot show both ways.
  const credentials = async () => ({ accessKeyId: 'AKIA444455556666AAAA', secretAccessKey: 'emulated' });
  const findings: StoredFinding[] = [];
  let changed: Emulator;
  beforeAll(async () => {
    const world = changedWorld(EXAMPLE, new URL('../emulator/changes/second-night.json', import.meta.url).pathname);
    changed = await startEmulator({ now: NOW, world, profile: AT_ONCE });
    for (const place of [emulator, changed]) {
      useEmulator(place);
      for (const report of [await audited(), await audited({ credentials })]) findings.push(...report.findings);
    }
    useEmulator(emulator);
  });
  afterAll(() => changed.close());

  it.each(checks.map(({ id }) => id))('%s passes something and fails something', (id) => {
    const own = findings.filter(({ check }) => check === id).map(({ status }) => status);
    expect(own).toContain('PASS');
    expect(own).toContain('FAIL');
  });
});

describe('the scan role', () => {
  const exact = [...PLAN_ACTIONS, ...actionsFor(selectionOf(checks), resources)];
  it('is enough: under exactly its actions as much is seen as with every permission', async () => {
    const before = await audited();
    emulator.setProfile({ ...AT_ONCE, allowOnly: exact });
    const after = await audited();
    expect(after.header.summary).toEqual(before.header.summary);
  });

  const services = [...Map.groupBy(checks, ({ id }) => id.split('-', 1)[0]!)];
  it.each(services)('for the checks of %s alone is enough as well', async (_service, own) => {
    const before = await audited({ checks: own, regions: BUSY });
    emulator.setProfile({ ...AT_ONCE, allowOnly: [...PLAN_ACTIONS, ...actionsFor(selectionOf(own), resources)] });
    const after = await audited({ checks: own, regions: BUSY });
    expect(after.header.summary).toEqual(before.header.summary);
  });
});

describe('denying any one operation never changes an answer into another', () => {
  const statusOf = ({ findings }: Report) => new Map(findings.map(({ id, status }) => [id, status]));
  const actions = new Map(checks.map((check) => [check, actionsFor(selectionOf([check]), resources)]));
  /** What is asked of the resources that are judged; what is looked up beside them may turn out not to matter. */
  const judging = new Set(actionsFor(selectionOf(checks.map((check) => ({ ...check, uses: {} }))), resources));
  /** The region is named here; and what S3 thinks of policies decides of no bucket that is blocked, or public by its policy's own words. */
  const UNNOTICED = ['ec2:DescribeRegions', 's3:GetBucketPolicyStatus'];
  const actionOf = (operation: string) => iamActionOf(...(operation.split(':') as [string, string]));
  /** The checks that read with an operation: others do not ask it, as the exact role shows. All, where planning asks it. */
  function readersOf(operation: string): readonly AnyCheck[] {
    const action = actionOf(operation);
    return PLAN_ACTIONS.some((planned) => planned === action)
      ? checks
      : checks.filter((check) => actions.get(check)!.includes(action));
  }

  it('for every operation of a region and of the account', { timeout: 300_000 }, async () => {
    const before = statusOf(await audited({ regions: ['eu-west-1'] }));
    const operations = Object.keys(emulator.stats().calls).filter((operation) => operation !== 'sts:GetCallerIdentity');
    expect(operations.length).toBeGreaterThan(40);
    const wrong: string[] = [];
    for (const operation of operations) {
      emulator.setProfile({ ...AT_ONCE, deny: [operation] });
      const after = await audited({ regions: ['eu-west-1'], checks: readersOf(operation) });
      let unknown = 0;
      for (const { id, check, status, resource } of after.findings) {
        if (status === 'UNKNOWN') unknown += before.get(id) === 'UNKNOWN' ? 0 : 1;
        else if (before.get(id) !== status)
          wrong.push(`${operation}: ${check} of ${resource.arn} was ${before.get(id)}, is ${status}`);
      }
      if (unknown === 0 && judging.has(actionOf(operation)) && !UNNOTICED.includes(operation))
        wrong.push(`${operation}: nobody noticed`);
    }
    expect(wrong).toEqual([]);
  });
});

it('a region that an organisation policy blocks is a gap with its cause, and takes nothing else along', async () => {
  const before = await audited({ regions: BUSY });
  emulator.setProfile({ ...AT_ONCE, blockRegions: ['us-east-1'] });
  const after = await audited({ regions: BUSY });
  const blocked = after.header.summary.gaps.filter(({ reason }) => reason === 'blocked');
  expect(blocked.length).toBeGreaterThan(0);
  const inEurope = ({ findings }: Report) =>
    findings
      .filter(({ resource }) => resource.region === 'eu-west-1' && resource.type.startsWith('AWS::EC2'))
      .map(line);
  expect(inEurope(after).toSorted()).toEqual(inEurope(before).toSorted());
});
