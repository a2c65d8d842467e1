import { check, fail, pass, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-user-single-active-access-key',
  title: 'IAM users have two active access keys only while they change keys',
  severity: 'low',
  why: 'The key that should be gone still works, and nobody watches it.',
  fix: 'aws iam update-access-key --user-name <user> --access-key-id <older-access-key-id> --status Inactive',
  resource: 'AWS::IAM::User',
  needs: ['keys'],
  params: { rotationWindowDays: 14 },
  evaluate({ keys }, { now, params }) {
    const active = keys.accessKeys.filter((key) => key.active);
    if (active.length < 2) return pass('at most one active access key', { active: active.length });
    const created = active.flatMap((key) => key.created ?? []).toSorted();
    if (created.length < active.length) return unknown('the credential report does not tell when a key was created');
    const evidence = { created, reportTime: keys.reportTime };
    const story = `two active access keys, the younger created at ${created.at(-1)}`;
    return ageInDays(created.at(-1)!, now) > params.rotationWindowDays ? fail(story, evidence) : pass(story, evidence);
  },
});
