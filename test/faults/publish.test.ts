import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { toTopic } from '../../lib/run/alert.ts';
import type { Report } from '../../lib/run/model.ts';
import { s3Store } from '../../lib/store/s3.ts';
import { keys } from '../../lib/store/store.ts';
import type { Fault } from '../emulator/profile.ts';
import { audited } from '../support/audited.ts';
import { AT_ONCE, checksOf, faulty, isAll } from './_kit.ts';

const kit = faulty();
// The store and the topic take the credentials of the environment.
Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'emulated', AWS_SECRET_ACCESS_KEY: 'emulated' });
const ACCOUNT = '111122223333';
const BUCKET = `ronda-reports-${ACCOUNT}`;
const checks = checksOf('kms');

let nights = 0;
/** The first night of an account, into a place of its own in the bucket. Repeated, it is the same run. */
function night() {
  nights += 1;
  const prefix = `night-${nights}/`;
  const store = s3Store(BUCKET, prefix);
  const run = { date: '2026-06-01', run: `r${nights}` };
  const send = toTopic(`arn:aws:sns:eu-west-1:${ACCOUNT}:ronda`);
  const sent = kit.aws.messages.length;
  return {
    run,
    audit: (): Promise<Report> => audited({ store, run, checks, regions: ['eu-west-1'], send }),
    messages: () => kit.aws.messages.slice(sent).map(({ subject }) => subject),
    text: (key: string) => textOf(kit.aws.objects.get(`${BUCKET}/${prefix}${key}`)?.body, key),
  };
}

function textOf(body: Buffer | undefined, key: string): string | undefined {
  return (key.endsWith('.gz') && body ? gunzipSync(body) : body)?.toString();
}

function strikes(...faults: readonly Partial<Fault>[]): void {
  const some = faults.map((fault) => ({
    service: 's3',
    kind: 'status' as const,
    status: 403,
    code: 'AccessDenied',
    ...fault,
  }));
  kit.aws.setProfile({ ...AT_ONCE, faults: some });
}

describe('an object that cannot be stored', () => {
  it('stops the run with its error, and the repeat does what is left, once', { timeout: 1_800_000 }, async () => {
    const whole = night();
    await whole.audit();
    const puts = kit.aws.stats().calls['s3:PutObject']!;
    expect(puts).toBeGreaterThan(8);
    const state = whole.text(keys.state(ACCOUNT));
    expect(state).toBeDefined();
    expect(whole.messages()).toHaveLength(1);
    const told: number[] = [];
    for (let after = 0; after < puts; after += isAll ? 1 : 2) {
      const one = night();
      strikes({ operation: 'PutObject', after });
      await expect(one.audit(), `put ${after}`).rejects.toThrow('cannot be written: AccessDenied');
      // What takes effect takes effect last: nobody compares with a run of which nobody was told.
      if (one.text(keys.state(ACCOUNT))) expect(one.messages(), `put ${after}`).toHaveLength(1);
      kit.aws.setProfile(AT_ONCE);
      await one.audit();
      expect(one.text(keys.state(ACCOUNT))?.replaceAll(one.run.run, whole.run.run)).toBe(state);
      expect(one.text(keys.latest)).toContain(one.run.run);
      // Where the mark that it was sent could not be stored, the repeat cannot know: better twice than never.
      told.push(one.messages().length);
    }
    expect(new Set(told)).toEqual(isAll ? new Set([1, 2]) : expect.any(Set));
    expect(told.filter((count) => count !== 1).length).toBeLessThan(2);
  });

  it('for a moment costs nothing: it is tried again', async () => {
    strikes({ operation: 'PutObject', status: 503, code: 'SlowDown', times: 2 });
    const one = night();
    await one.audit();
    expect(one.text(keys.state(ACCOUNT))).toBeDefined();
    expect(one.messages()).toHaveLength(1);
  });
});

describe('a message that cannot be sent', () => {
  it.each([
    ['is refused', { status: 403, code: 'AuthorizationError' }],
    ['meets a broken connection', { kind: 'reset' }],
  ] as const)('because it %s stops the run, and the repeat sends it once', async (_name, fault) => {
    const one = night();
    strikes({ service: 'sns', operation: 'Publish', ...fault });
    await expect(one.audit()).rejects.toThrow('1 of 1 alerts were not sent');
    expect(one.text(keys.state(ACCOUNT))).toBeUndefined();
    // The report is there all the same: nobody is told, and who looks sees.
    expect(one.text(keys.report(one.run, 'findings.json'))).toBeDefined();
    kit.aws.setProfile(AT_ONCE);
    await one.audit();
    await one.audit();
    expect(one.messages()).toHaveLength(1);
    expect(one.text(keys.state(ACCOUNT))).toBeDefined();
  });
});
