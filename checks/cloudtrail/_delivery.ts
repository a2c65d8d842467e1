import { fail, pass, skip, unknown } from '../../lib/core/check.ts';
import type { Verdict } from '../../lib/core/model.ts';
import { ageInDays } from '../../lib/core/time.ts';

interface Trail {
  readonly description: { readonly isMultiRegionTrail: boolean };
  readonly logGroup: string | null;
  readonly status: { readonly isLogging: boolean };
  readonly delivery: {
    readonly startLoggingTime: string | null;
    readonly bucketTime: string | null;
    readonly logGroupTime: string | null;
    readonly logGroupError: string | null;
  };
}

/** Hours that a new trail may take before anything arrives. */
const STARTING_HOURS = 1;

/** Did it begin to log so shortly ago that nothing need have arrived? Not where CloudTrail does not say when. */
export function isStarting(startLoggingTime: string | null, now: Date): boolean {
  return startLoggingTime !== null && hoursSince(startLoggingTime, now) < STARTING_HOURS;
}

/** Was there a delivery within so many hours? */
export function isRecent(time: string | null, now: Date, maxHours: number): boolean {
  return time !== null && hoursSince(time, now) <= maxHours;
}

/** Does what a trail records arrive in CloudWatch Logs? */
export function logGroupVerdict(
  { description, logGroup, status, delivery }: Trail,
  now: Date,
  maxHours: number,
): Verdict {
  const { startLoggingTime, bucketTime, logGroupTime, logGroupError } = delivery;
  if (logGroup === null) return fail('its events go to no log group', { logGroup });
  if (logGroupError !== null)
    return fail(`its events cannot be delivered to the log group: ${logGroupError}`, { logGroup, logGroupError });
  if (!status.isLogging) return skip('the trail is not logging');
  if (isRecent(logGroupTime, now, maxHours)) return pass('its events arrive in the log group', { logGroup });
  if (isStarting(startLoggingTime, now)) return unknown('it began to log less than an hour ago');
  if (logGroupTime === null && startLoggingTime === null) return unknown('CloudTrail does not say since when it logs');
  if (!description.isMultiRegionTrail && !isRecent(bucketTime, now, maxHours))
    return unknown('nothing was delivered anywhere: one region may have no events for a day');
  return fail(`nothing arrived in the log group for ${maxHours} hours`, { logGroup, logGroupTime });
}

function hoursSince(time: string, now: Date): number {
  return ageInDays(time, now) * 24;
}
