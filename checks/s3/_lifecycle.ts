import type { LifecycleRule } from './_configurations.ts';

/** Why lifecycle rules do not delete old objects; null where they do. In a versioned bucket they must delete old versions too. */
export function expiryProblem(rules: readonly LifecycleRule[], isVersioned: boolean): string | null {
  if (expiring(rules).length === 0) return 'no rule that is enabled expires objects';
  if (isVersioned && !enabled(rules).some(deletesVersions))
    return 'expired objects get a delete marker, and no rule deletes the versions behind it';
  return null;
}

/** The enabled rules that expire objects. One that only removes leftover delete markers does not. */
export function expiring(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  // S3 goes on with a date that has passed for as long as the rule is enabled (Amazon S3: Lifecycle configuration elements).
  return enabled(rules).filter(({ days, date }) => days !== null || date !== null);
}

/** The rules in force. */
export function enabled(rules: readonly LifecycleRule[]): readonly LifecycleRule[] {
  return rules.filter(({ isEnabled }) => isEnabled);
}

/** What part of a bucket some rules concern. */
export function scopeOf(rules: readonly LifecycleRule[]): string {
  if (rules.some(({ prefix, isNarrowed }) => prefix === '' && !isNarrowed)) return 'all objects';
  const prefixes = rules.filter(({ isNarrowed }) => !isNarrowed).map(({ prefix }) => prefix);
  return prefixes.length > 0 ? `objects under ${prefixes.join(', ')}` : 'some objects by tag or size';
}

function deletesVersions({ noncurrentDays, newerNoncurrentVersions }: LifecycleRule): boolean {
  return noncurrentDays !== null || newerNoncurrentVersions !== null;
}
