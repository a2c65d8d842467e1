import type { Retention } from './_configurations.ts';

interface Lock {
  readonly status: string;
  readonly retention: Retention | null;
}

/** Why a bucket does not keep each new object for some days; null where it does. */
export function lockProblem(lock: Lock | null, minDays: number): string | null {
  if (lock?.status !== 'Enabled') return 'Object Lock is not enabled';
  if (!lock.retention) return 'Object Lock has no default retention: it protects no object by itself';
  const { days } = lock.retention;
  return days < minDays ? `new objects are locked for ${days} days, fewer than ${minDays}` : null;
}

/** Who may remove the lock, in words. */
export function strengthOf(lock: Lock | null): string {
  return lock?.retention?.mode === 'COMPLIANCE'
    ? 'and nobody can remove the lock'
    : 'though some may remove the lock (s3:BypassGovernanceRetention)';
}
