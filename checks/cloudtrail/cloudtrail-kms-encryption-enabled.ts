import { check, fail, pass } from '../../lib/core/check.ts';
import { ownerNote } from './_trails.ts';

export default check({
  id: 'cloudtrail-kms-encryption-enabled',
  title: 'Trails encrypt their log files with a KMS key',
  severity: 'medium',
  why: 'Whoever may read the log bucket reads the whole history of the account; a key would be a second lock.',
  fix: 'aws cloudtrail update-trail --name <trail-arn> --kms-key-id <key-arn>',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  evaluate(trail) {
    const { kmsKeyId } = trail.description;
    if (!kmsKeyId) return fail(`log files are encrypted with keys of S3 alone${ownerNote(trail)}`, { kmsKeyId });
    return pass(`log files are encrypted with a KMS key${ownerNote(trail)}`, { kmsKeyId });
  },
});
