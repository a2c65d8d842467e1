import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { allOf } from '../../lib/core/logic.ts';
import { isLoggingEverywhere, satisfiedBy } from './_trails.ts';

export default check({
  id: 'cloudtrail-organization-trail-enabled',
  title: "The organisation's trail records this account",
  severity: 'medium',
  why: 'Whoever administers the account alone decides what of it is recorded, and new accounts are not recorded at all.',
  fix: 'aws cloudtrail create-trail --name <trail> --s3-bucket-name <bucket> --is-organization-trail --is-multi-region-trail --enable-log-file-validation',
  resource: 'AWS::::Account',
  needs: ['organization'],
  uses: { trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'isOrganizationTrail') },
  evaluate({ organization }, { trails }) {
    if (!organization) return skip('the account is in no organisation');
    const by = satisfiedBy(trails, (trail) =>
      allOf(
        () => trail.isOrganizationTrail,
        () => isLoggingEverywhere(trail),
      ),
    );
    if (by) return pass(`satisfied by ${by}, which is the organisation's and is logging`);
    const seen = trails.where(({ isOrganizationTrail }) => isOrganizationTrail);
    const names = ifKnown(() => seen.all().map(({ arn }) => arn), null);
    return fail(names?.length === 0 ? 'there is no organisation trail' : 'no organisation trail records all regions', {
      trails: names,
    });
  },
});
