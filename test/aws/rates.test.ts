import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adaptiveRate, tokenBucket } from '../../lib/aws/rates.ts';

describe('tokenBucket', () => {
  it('gives its burst at once and then one turn per refill', () => {
    const bucket = tokenBucket(2, 10);
    expect([0, 0, 0, 0].map((now) => bucket.reserve(now))).toEqual([0, 0, 100, 200]);
  });
  it('refills with time, up to the burst', () => {
    const bucket = tokenBucket(2, 10);
    bucket.reserve(0);
    bucket.reserve(0);
    expect([10_000, 10_000, 10_000].map((now) => bucket.reserve(now))).toEqual([0, 0, 100]);
  });
});

/** Lets a bucket of AWS's throttle 200 ready calls that take 20 ms; says how long it took and how many were wasted. */
function simulate(burst: number, perSecond: number, calls: number): { ms: number; wasted: number } {
  const rate = adaptiveRate();
  let tokens = burst;
  let refilled = 0;
  let now = 0;
  let wasted = 0;
  for (let done = 0; done < calls;) {
    now += Math.max(rate.reserve(now), 1);
    tokens = Math.min(burst, tokens + ((now - refilled) / 1000) * perSecond);
    refilled = now;
    if (tokens >= 1) {
      tokens -= 1;
      done += 1;
      rate.succeeded(now);
    } else {
      wasted += 1;
      rate.throttled(now);
    }
  }
  return { ms: now, wasted };
}

describe('adaptiveRate', () => {
  it('does not limit before the first throttle', () => {
    const rate = adaptiveRate();
    rate.succeeded(5);
    expect([0, 0, 0].map((now) => rate.reserve(now))).toEqual([0, 0, 0]);
  });
  it('spreads calls after it, and counts a storm once', () => {
    const rate = adaptiveRate();
    for (const now of [0, 10, 499]) rate.throttled(now);
    expect([500, 500, 500].map((now) => rate.reserve(now))).toEqual([0, 100, 200]);
  });
  it('never stops', () => {
    const rate = adaptiveRate();
    for (let now = 0; now < 100_000; now += 500) rate.throttled(now);
    rate.reserve(100_000);
    expect(rate.reserve(100_000)).toBeLessThanOrEqual(1000);
  });
  it.each([
    [100, 20, 550],
    [40, 10, 200],
    [100, 100, 2000],
    [5, 50, 200],
  ])(
    'a bucket of %d with %d/s: %d calls take at most 1.2 times what they must, plus the search',
    (burst, perSecond, calls) => {
      const floor = ((calls - burst) / perSecond) * 1000;
      const { ms, wasted } = simulate(burst, perSecond, calls);
      expect(ms).toBeLessThan(1.2 * floor + 2500);
      expect(wasted).toBeLessThan(calls / 4);
    },
  );
  it('turns are handed out in order and never in the past', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.record({ after: fc.nat({ max: 2000 }), event: fc.constantFrom('reserve', 'throttled', 'succeeded') }),
        ),
        (events) => {
          const rate = adaptiveRate();
          let now = 0;
          let last = 0;
          for (const { after, event } of events) {
            now += after;
            if (event !== 'reserve') rate[event as 'throttled'](now);
            else {
              const turn = now + rate.reserve(now);
              expect(turn).toBeGreaterThanOrEqual(Math.max(now, last));
              last = turn;
            }
          }
        },
      ),
    );
  });
});
