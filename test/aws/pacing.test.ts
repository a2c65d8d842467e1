import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { pacing } from '../../lib/aws/pacing.ts';

const failing = (name: string, httpStatusCode: number) => () =>
  Promise.reject(Object.assign(new Error(name), { name, $metadata: { httpStatusCode } }));
const throttled = failing('SlowDown', 503);

/** Seconds of a clock that stands still until something waits for it. */
async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  const done = work();
  await vi.runAllTimersAsync();
  await done;
  return (performance.now() - started) / 1000;
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

describe('after a throttle', () => {
  const CALLS = 100;
  async function slowed() {
    const pace = pacing().of('s3', 'eu-west-1');
    await pace.attempt('GetBucketTagging', throttled).catch(() => {});
    const after = (run: () => Promise<unknown>, operation = 'GetBucketTagging') =>
      secondsOf(() =>
        Promise.all(Array.from({ length: CALLS }, () => pace.attempt(operation, run).catch((error: Error) => error))),
      );
    return after;
  }

  it.each<[string, () => Promise<unknown>]>([
    ['what is answered', () => Promise.resolve({})],
    ['that there is no such thing', failing('NoSuchTagSet', 404)],
    ['that it may not be read', failing('AccessDenied', 403)],
  ])('%s lets the rate find its way up', async (_name, run) => {
    const seconds = await (await slowed())(run);
    expect(seconds).toBeGreaterThan(1);
    expect(seconds).toBeLessThan(CALLS / 20);
  });
  it.each<[string, () => Promise<unknown>]>([
    ['a failure of the service', failing('InternalError', 500)],
    ['no answer', () => Promise.reject(new Error('timeout'))],
  ])('%s does not', async (_name, run) => expect(await (await slowed())(run)).toBeGreaterThanOrEqual(CALLS / 10 - 1));
  it('other operations of the service are asked at once', async () =>
    expect(await (await slowed())(() => Promise.resolve({}), 'GetBucketPolicy')).toBe(0));
});

it('EC2 is asked at half of the rate that AWS publishes, each operation for itself', async () => {
  const pace = pacing().of('ec2', 'eu-west-1');
  const asked = (operation: string, calls: number) =>
    secondsOf(() => Promise.all(Array.from({ length: calls }, () => pace.attempt(operation, async () => {}))));
  expect(await asked('DescribeVpcs', 50)).toBe(0);
  expect(await asked('DescribeInstances', 150)).toBeCloseTo(10, 1);
});
