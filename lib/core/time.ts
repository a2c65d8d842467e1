const DAY_MS = 86_400_000;
const MINUTES_PER_DAY = 1440;

/** Days from an ISO 8601 instant to now, with fractions; negative for the future. Throws a RangeError for any other text. */
export function ageInDays(instant: string, now: Date): number {
  const days = (now.getTime() - Date.parse(instant)) / DAY_MS;
  if (Number.isNaN(days)) throw new RangeError(`not an instant: ${instant}`);
  return days;
}

/** As `ageInDays`, in minutes. */
export function ageInMinutes(instant: string, now: Date): number {
  return ageInDays(instant, now) * MINUTES_PER_DAY;
}
