import { check, fail, pass, rated, skip, table, unknown } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { isAdministrator } from './_admin.ts';

/** A key that was used within this many days counts as in use. */
const IN_USE_DAYS = 90;

export default check({
  id: 'iam-user-access-key-rotated',
  title: 'Active access keys are not older than 90 days',
  severity: 'medium',
  why: 'The longer a key lives, the more disks, logs and laptops hold a copy that still works.',
  fix: 'aws iam create-access-key --user-name <user>',
  resource: 'AWS::IAM::AccessKey',
  uses: {
    users: table('AWS::IAM::User'),
    groups: table('AWS::IAM::Group'),
    policies: table('AWS::IAM::ManagedPolicy'),
  },
  params: { maxAccessKeyAgeDays: 90 },
  evaluate(key, { now, params, users, groups, policies }) {
    if (!key.active) return skip('the key is inactive');
    const { lastRotated, lastUsed, reportTime } = key;
    if (lastRotated === null) return unknown('the credential report does not tell when this active key was created');
    const evidence = { lastRotated, lastUsed, reportTime };
    const story = `created at ${lastRotated}`;
    if (ageInDays(lastRotated, now) <= params.maxAccessKeyAgeDays) return pass(story, evidence);
    const isInUse = lastUsed !== null && ageInDays(lastUsed, now) <= IN_USE_DAYS;
    const isAdmin = isInUse && ifKnown(() => isAdministrator(users.get(key.userArn)!, groups, policies), false);
    return isAdmin ? rated('high', 'an administrator uses it', fail(story, evidence)) : fail(story, evidence);
  },
});
