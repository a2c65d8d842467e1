import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { platformRole } from './_admin.ts';

/** IAM keeps the activity of roles for this many days (IAM user guide: RoleLastUsed). */
const KEPT_DAYS = 400;

export default check({
  id: 'iam-role-unused',
  title: 'Roles that nobody uses are removed',
  severity: 'low',
  why: 'A forgotten role keeps its permissions and its trust, and nobody watches who takes it.',
  fix: 'aws iam delete-role --role-name <role>',
  resource: 'AWS::IAM::Role',
  params: { maxUnusedDays: 90 },
  evaluate(role, { now, params }) {
    const platform = role.path.startsWith('/aws-reserved/') ? 'a role that AWS keeps' : platformRole(role.arn);
    if (platform) return skip(platform);
    const { lastUsed, lastUsedRegion, created } = role;
    const since = lastUsed ?? created;
    const story = lastUsed ? `last used at ${since}` : `no use on record since it was created at ${since}`;
    const evidence = { lastUsed, lastUsedRegion, created };
    if (ageInDays(since, now) <= params.maxUnusedDays) return pass(story, evidence);
    const isBeyond = lastUsed === null && params.maxUnusedDays > KEPT_DAYS;
    return isBeyond ? unknown(`${story}, and IAM remembers ${KEPT_DAYS} days alone`) : fail(story, evidence);
  },
});
