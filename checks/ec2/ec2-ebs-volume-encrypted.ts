import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';

const NOT_USABLE = ['deleting', 'deleted', 'error'];

export default check({
  id: 'ec2-ebs-volume-encrypted',
  title: 'EBS volumes are encrypted',
  severity: 'high',
  why: 'A snapshot of the volume that leaves the account can be read without any key.',
  fix: 'aws ec2 copy-snapshot --source-region <region> --source-snapshot-id <snapshot-of-volume> --encrypted --kms-key-id <key-id>',
  resource: 'AWS::EC2::Volume',
  params: { attachedOnly: false },
  evaluate({ state, encrypted, kmsKey }, { params }) {
    if (NOT_USABLE.includes(state)) return skip(`the volume is in state ${state}`);
    if (encrypted) return pass('encrypted', { encrypted, kmsKey });
    const verdict = fail('not encrypted', { encrypted, state });
    return params.attachedOnly && state === 'available' ? rated('low', 'not attached', verdict) : verdict;
  },
});
