import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { leavesAccount, satisfiedBy } from './_trails.ts';

export default check({
  id: 'cloudtrail-logs-centralized',
  title: 'The log of the account is kept in another account',
  severity: 'low',
  why: 'Whoever takes over the account holds its log as well.',
  fix: 'aws cloudtrail update-trail --name <trail-arn> --s3-bucket-name <bucket-of-log-archive>',
  resource: 'AWS::::Account',
  needs: ['organization'],
  uses: {
    trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'delivery'),
    buckets: table('AWS::S3::Bucket'),
  },
  params: { logArchiveAccountIds: [] as readonly string[], standaloneOk: true },
  evaluate({ account, organization }, { params, trails, buckets }) {
    if (params.logArchiveAccountIds.includes(account)) return pass('the account is a log archive');
    if (params.standaloneOk && !organization) return skip('the account is in no organisation');
    const by = satisfiedBy(trails, (trail) => leavesAccount(trail, buckets));
    if (by) return pass(`satisfied by ${by}, whose bucket is in another account`);
    return fail('no multi-Region trail that is logging delivers to a bucket of another account');
  },
});
