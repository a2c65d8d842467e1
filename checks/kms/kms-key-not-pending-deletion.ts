import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { isPendingDeletion } from './_states.ts';

export default check({
  id: 'kms-key-not-pending-deletion',
  title: 'No customer managed key is about to be deleted unnoticed',
  severity: 'high',
  why: 'With the key goes all that it encrypted: nobody, not even AWS, can read it ever again.',
  fix: 'aws kms cancel-key-deletion --key-id <key-id>',
  resource: 'AWS::KMS::Key',
  needs: ['metadata'],
  evaluate({ metadata }) {
    const { manager, state, deletionDate } = metadata;
    if (manager !== 'CUSTOMER') return skip('managed by AWS');
    if (!isPendingDeletion(metadata)) return pass(`the key is in state ${state}`);
    const when = deletionDate ? `on ${deletionDate}` : 'once the last of its replicas is gone';
    return fail(`is deleted ${when}, unless that is cancelled before`, { state, deletionDate });
  },
});
