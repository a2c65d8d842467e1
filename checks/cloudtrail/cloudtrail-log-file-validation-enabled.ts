import { check, fail, pass } from '../../lib/core/check.ts';
import { ownerNote } from './_trails.ts';

export default check({
  id: 'cloudtrail-log-file-validation-enabled',
  title: 'Trails sign their log files with digests',
  severity: 'medium',
  why: 'Log files that were changed or removed after the fact cannot be told from the real ones.',
  fix: 'aws cloudtrail update-trail --name <trail-arn> --enable-log-file-validation',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description'],
  evaluate(trail) {
    const { logFileValidationEnabled } = trail.description;
    const verdict = logFileValidationEnabled ? pass : fail;
    const state = logFileValidationEnabled ? 'on' : 'off';
    return verdict(`log file validation is ${state}${ownerNote(trail)}`, { logFileValidationEnabled });
  },
});
