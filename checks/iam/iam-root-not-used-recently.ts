import { check, fail, pass } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-root-not-used-recently',
  title: 'The root user is not in everyday use',
  severity: 'high',
  why: 'Daily work as root exposes the one identity that no policy limits, and hides who did what.',
  fix: 'aws cloudtrail lookup-events --lookup-attributes AttributeKey=Username,AttributeValue=root',
  resource: 'AWS::::Account',
  needs: ['rootCredentials'],
  params: { maxRootUsageDays: 15 },
  evaluate({ rootCredentials }, { now, params }) {
    const { passwordLastUsed, accessKey1LastUsed, accessKey2LastUsed, reportTime } = rootCredentials;
    const evidence = { passwordLastUsed, accessKey1LastUsed, accessKey2LastUsed, reportTime };
    const uses = [passwordLastUsed, accessKey1LastUsed, accessKey2LastUsed].filter((use) => use !== null);
    const last = uses.toSorted().at(-1);
    if (last === undefined) return pass('no use of the root user is on record', evidence);
    if (ageInDays(last, now) < params.maxRootUsageDays) return fail(`the root user was last used at ${last}`, evidence);
    return pass(`the root user was last used at ${last}`, evidence);
  },
});
