import { check, fail, pass, rated, skip, table, unknown } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { INHERITED, isAdministrator } from './_admin.ts';

/** A key that was used within this many days counts as in use. */
const IN_USE_DAYS = 90;

export default check({
  id: 'iam-user-access-key-rotated',
  title: 'Active access keys are not older than 90 days',
  severity: 'medium',
  why: 'The longer a key lives, the more disks, logs and laptops hold a copy that still works.',
  fix: 'aws iam create-access-key --user-name <user>',
  resource: 'AWS::IAM::AccessKey',
  needs: ['state'],
  uses: { users: table('AWS::IAM::User'), ...INHERITED },
  params: { maxAccessKeyAgeDays: 90 },
  evaluate(key, { now, params, users, ...tables }) {
    const { active, created, lastUsed, reportTime } = key.state;
    if (!active) return skip('the key is inactive');
    if (created === null) return unknown('the credential report does not tell when this active key was created');
    const evidence = { created, lastUsed, reportTime };
    const story = `created at ${created}`;
    if (ageInDays(created, now) <= params.maxAccessKeyAgeDays) return pass(story, evidence);
    const isInUse = lastUsed !== null && ageInDays(lastUsed, now) <= IN_USE_DAYS;
    const isAdmin = isInUse && ifKnown(() => isAdministrator(users.get(key.userArn)!, tables), false);
    return isAdmin ? rated('high', 'an administrator uses it', fail(story, evidence)) : fail(story, evidence);
  },
});
