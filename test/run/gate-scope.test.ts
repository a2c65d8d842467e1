import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { inScope } from '../../lib/core/scope.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Report } from '../../lib/run/model.ts';
import { gateScope, narrowed } from '../../lib/run/gate-scope.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { audited, checks, NOW, useEmulator } from '../support/audited.ts';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ now: NOW, profile: { credentialReportPolls: 0 } });
  useEmulator(emulator);
});
beforeEach(() => emulator.resetStats());
afterAll(() => emulator.close());

const calls = (): number => Object.values(emulator.stats().calls).reduce((sum, count) => sum + count, 0);
const verdicts = ({ findings }: Report) =>
  findings.map(({ id, status, message, evidence, gap }) => ({ id, status, message, evidence, gap }));
const scoped = (arns: readonly string[], chosen: readonly AnyCheck[] = checks) =>
  gateScope({ arns, checks: chosen, resources }, { region: 'eu-west-1' });

describe('a gate for ARNs', () => {
  it.each([
    ['one bucket', 'arn:aws:s3:::harbour-website-assets'],
    ['buckets', 'arn:aws:s3:::harbour-*'],
    ['an instance', 'arn:aws:ec2:eu-west-1:111122223333:instance/i-0e6a65cf90c355563'],
    ['security groups', 'arn:aws:ec2:eu-west-1:111122223333:security-group/*'],
    ['a database', 'arn:aws:rds:eu-west-1:111122223333:db:orders'],
    ['a role', 'arn:aws:iam::111122223333:role/jenkins'],
    ['a key', 'arn:aws:kms:eu-west-1:111122223333:key/*'],
    ['a trail', 'arn:aws:cloudtrail:*:111122223333:trail/*'],
  ])('says of %s what reading everything says, and asks for less', async (_name, arn) => {
    const scope = await scoped([arn]);
    const whole = await audited({ ...scope, resources });
    const before = calls();
    emulator.resetStats();
    const narrow = await audited(scope);
    expect(verdicts(narrow)).toEqual(verdicts(whole));
    expect(narrow.header.summary).toEqual(whole.header.summary);
    expect(narrow.findings.filter(({ resource }) => !resource.arn.startsWith('ronda:'))).not.toEqual([]);
    expect(calls()).toBeLessThanOrEqual(before);
    if (process.env['SHOW_CALLS']) console.log(`${arn}: ${before} calls, narrowed ${calls()}`);
  });

  it('of one bucket costs little more than half of all buckets', async () => {
    const scope = await scoped(['arn:aws:s3:::harbour-website-assets']);
    await audited({ ...scope, resources });
    const before = calls();
    emulator.resetStats();
    await audited(scope);
    // What is left is the lists of every region, and what checks look up in all buckets.
    expect(calls()).toBeLessThan(before * 0.6);
  });

  it('is inconclusive where the list is denied', async () => {
    emulator.setProfile({ deny: ['s3:ListBuckets'] });
    const { findings } = await audited(await scoped(['arn:aws:s3:::harbour-website-assets']));
    emulator.setProfile({ credentialReportPolls: 0 });
    expect(findings.length).toBeGreaterThan(0);
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['UNKNOWN']));
  });
});

describe('narrowing', () => {
  it('leaves tags alone: many are known only once they are read', () =>
    expect(narrowed(resources, checks, { tags: [{ key: 'a', value: 'b' }] })).toBe(resources));

  it('goes by the resources of stacks too', async () => {
    const rules = { resources: [{ type: 'AWS::S3::Bucket', id: 'harbour-website-assets' }] };
    const own = checks.filter(({ id }) => id.startsWith('s3-'));
    const isInScope = inScope(rules);
    const whole = await audited({ checks: own, isInScope, regions: ['eu-west-1'] });
    const before = calls();
    emulator.resetStats();
    const narrow = await audited({
      checks: own,
      isInScope,
      regions: ['eu-west-1'],
      resources: narrowed(resources, own, rules),
    });
    expect(verdicts(narrow)).toEqual(verdicts(whole));
    expect(narrow.findings.length).toBeGreaterThan(10);
    expect(calls()).toBeLessThan(before / 2);
  });

  it('keeps what cannot be described, so that it is told of', async () => {
    const odd = resources.map(
      (one) =>
      one.type === 'AWS::S3::Bucket' ? { ...one, found: () => { throw new Error('odd'); } } : one, // prettier-ignore
    );
    const scope = await gateScope({ arns: ['arn:aws:s3:::x'], checks, resources: odd }, { region: 'eu-west-1' });
    const { findings } = await audited(scope);
    expect(findings.some(({ gap }) => gap?.detail.includes('odd'))).toBe(true);
  });
});
