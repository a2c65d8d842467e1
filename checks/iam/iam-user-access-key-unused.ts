import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-user-access-key-unused',
  title: 'Access keys that nobody uses are deactivated',
  severity: 'medium',
  why: 'A forgotten key works for whoever finds it, and its misuse disturbs nobody who would notice.',
  fix: 'aws iam update-access-key --user-name <user> --access-key-id <access-key-id> --status Inactive',
  resource: 'AWS::IAM::AccessKey',
  needs: ['state'],
  params: { maxUnusedDays: 45 },
  evaluate({ state }, { now, params }) {
    const { active, created, lastUsed, reportTime } = state;
    if (!active) return skip('the key is inactive');
    const since = lastUsed ?? created;
    if (since === null) return unknown('the credential report gives this active key neither a use nor a creation');
    const story = lastUsed ? `last used at ${since}` : `never used since it was created at ${since}`;
    const evidence = { lastUsed, created, reportTime };
    return ageInDays(since, now) >= params.maxUnusedDays ? fail(story, evidence) : pass(story, evidence);
  },
});
