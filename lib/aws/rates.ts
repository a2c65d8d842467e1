/** Rates as arithmetic over a clock in milliseconds that the caller reads: nothing here waits. */

export interface Reserving {
  /** Takes the next turn; the milliseconds until it may be used. */
  reserve(now: number): number;
}

/** A bucket of tokens that refills steadily. */
export function tokenBucket(burst: number, perSecond: number): Reserving {
  let tokens = burst;
  let last: number | undefined;
  return {
    reserve(now) {
      if (last !== undefined) tokens = Math.min(burst, tokens + ((now - last) / 1000) * perSecond);
      last = now;
      tokens -= 1;
      return tokens >= 0 ? 0 : (-tokens / perSecond) * 1000;
    },
  };
}

/** Calls per second after the first throttle, from where the rate finds its way up. */
const FIRST_RATE = 10;
const LOWEST_RATE = 1;
/** One storm of throttles counts as one: calls that were already on their way say nothing new. */
const STORM_MS = 500;

export interface AdaptiveRate extends Reserving {
  throttled(now: number): void;
  succeeded(now: number): void;
}

/**
 * No limit until the first throttle. From then on a rate that doubles every second until it is throttled again, and afterwards
 * creeps up by a tenth a second and falls by three tenths: additive increase, multiplicative decrease.
 */
export function adaptiveRate(): AdaptiveRate {
  let rate = Number.POSITIVE_INFINITY;
  let isSearching = true;
  let next = 0;
  let lastThrottle = Number.NEGATIVE_INFINITY;
  let lastGrowth = 0;

  return {
    reserve(now) {
      if (rate === Number.POSITIVE_INFINITY) return 0;
      const turn = Math.max(now, next);
      next = turn + 1000 / rate;
      return turn - now;
    },
    throttled(now) {
      if (now - lastThrottle < STORM_MS) return;
      if (rate === Number.POSITIVE_INFINITY) rate = FIRST_RATE;
      else {
        rate = Math.max(LOWEST_RATE, rate * 0.7);
        isSearching = false;
      }
      lastThrottle = now;
      lastGrowth = now;
    },
    succeeded(now) {
      if (rate === Number.POSITIVE_INFINITY) return;
      const seconds = (now - lastGrowth) / 1000;
      rate = isSearching ? rate * 2 ** seconds : rate + seconds * Math.max(1, rate / 10);
      lastGrowth = now;
    },
  };
}
