import notPending from '../../../checks/kms/kms-key-not-pending-deletion.ts';
import { cases } from '../../support/cases.ts';

const metadata = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  deletionDate: null,
  multiRegionKeyType: null,
} as const;
const deletionDate = '2026-01-20T00:00:00.000Z';

cases(notPending, {
  pass: [
    { name: 'enabled', resource: { metadata }, message: 'Enabled' },
    {
      name: 'disabled: its data cannot be read either, but that can be undone',
      resource: { metadata: { ...metadata, state: 'Disabled' } },
      message: 'Disabled',
    },
    { name: 'waits for its key material', resource: { metadata: { ...metadata, state: 'PendingImport' } } },
  ],
  fail: [
    {
      name: 'scheduled for deletion',
      resource: { metadata: { ...metadata, state: 'PendingDeletion', deletionDate } },
      message: /^is deleted on 2026-01-20T00:00:00.000Z, unless/,
      evidence: { state: 'PendingDeletion', deletionDate },
    },
    {
      name: 'a primary key whose replicas are still there has no date yet',
      resource: { metadata: { ...metadata, state: 'PendingReplicaDeletion' } },
      message: 'once the last of its replicas is gone',
    },
  ],
  skip: [
    { name: 'managed by AWS', resource: { metadata: { ...metadata, manager: 'AWS' } } },
    {
      name: 'managed by AWS, whatever its state',
      resource: { metadata: { ...metadata, manager: 'AWS', state: 'PendingDeletion', deletionDate } },
    },
  ],
});
