import { check, fail, pass, rated, skip, unknown } from '../../lib/core/check.ts';
import { isRecent, isStarting } from './_delivery.ts';
import { ownerNote } from './_trails.ts';

export default check({
  id: 'cloudtrail-delivery-healthy',
  title: 'The log files of trails arrive in their buckets',
  severity: 'high',
  why: 'The trail looks as if it were logging, and nothing of it is kept.',
  fix: 'aws cloudtrail get-trail-status --name <trail-arn>',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description', 'status', 'delivery'],
  params: { maxDeliveryAgeHours: 24 },
  evaluate(trail, { now, params }) {
    if (!trail.status.isLogging) return skip('the trail is not logging');
    const { startLoggingTime, bucketTime, bucketError, digestError } = trail.delivery;
    const note = ownerNote(trail);
    if (isStarting(startLoggingTime, now)) return skip('it began to log less than an hour ago');
    const verdict = fail(`log files cannot be delivered: ${bucketError}${note}`, { bucketError });
    if (bucketError === 'NoSuchBucket')
      return rated('critical', 'whoever makes a bucket of that name gets them', verdict);
    if (bucketError !== null) return verdict;
    if (digestError !== null && trail.description.logFileValidationEnabled)
      return fail(`digest files cannot be delivered: ${digestError}${note}`, { digestError });
    if (isRecent(bucketTime, now, params.maxDeliveryAgeHours)) return pass(`log files arrive${note}`, { bucketTime });
    if (bucketTime === null && startLoggingTime === null) return unknown('CloudTrail does not say since when it logs');
    return fail(`no log file arrived for ${params.maxDeliveryAgeHours} hours${note}`, { bucketTime, startLoggingTime });
  },
});
