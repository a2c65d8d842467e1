import { check, fail, pass, table } from '../../lib/core/check.ts';
import { isLoggingEverywhere, isLoggingInEach } from './_trails.ts';

export default check({
  id: 'cloudtrail-multi-region-trail-enabled',
  title: 'A trail records the whole account: all regions and global services',
  severity: 'critical',
  why: 'Without it, whoever gets in can work unseen in a region or service that nobody records.',
  fix: 'aws cloudtrail create-trail --name <trail> --s3-bucket-name <bucket> --is-multi-region-trail --enable-log-file-validation && aws cloudtrail start-logging --name <trail>',
  resource: 'AWS::::Account',
  needs: ['regions'],
  uses: { trails: table('AWS::CloudTrail::Trail', 'description', 'status') },
  params: { perRegionFallback: false },
  evaluate(account, { params, trails }) {
    if (trails.some(isLoggingEverywhere)) return pass('a multi-Region trail is logging');
    if (params.perRegionFallback && isLoggingInEach(account.regions, trails))
      return pass('trails are logging in each region');
    const names = trails.all().map(({ arn }) => arn);
    return fail(names.length > 0 ? 'no multi-Region trail is logging' : 'there is no trail', { trails: names });
  },
});
