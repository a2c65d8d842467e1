import kms from '../../../checks/cloudtrail/cloudtrail-kms-encryption-enabled.ts';
import { cases } from '../../support/cases.ts';
import { described, INHERITED, TRAIL } from './_trail.ts';

cases(kms, {
  pass: [
    {
      name: 'with a key',
      resource: described({}),
      message: /KMS key$/,
      evidence: { kmsKeyId: TRAIL.description.kmsKeyId },
    },
    {
      name: "with a key, of the organization's trail",
      resource: { ...described({}), ...INHERITED },
      message: 'account 444455556666',
    },
  ],
  fail: [
    // The default encryption of the bucket does not count, so it is not looked at.
    { name: 'without a key', resource: described({ kmsKeyId: null }), message: /alone$/, evidence: { kmsKeyId: null } },
    { name: 'an empty key', resource: described({ kmsKeyId: '' }) },
    {
      name: "without a key, of the organization's trail",
      resource: { ...described({ kmsKeyId: null }), ...INHERITED },
      message: 'account 444455556666',
    },
  ],
});
