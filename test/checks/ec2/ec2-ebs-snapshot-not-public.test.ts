import notPublic from '../../../checks/ec2/ec2-ebs-snapshot-not-public.ts';
import { cases } from '../../support/cases.ts';

const snapshot = { state: 'completed' as const, encrypted: false, storageTier: 'standard' as const, isShared: true };
const settings = (state: 'block-all-sharing' | 'block-new-sharing' | 'unblocked') => ({
  settings: [{ id: 'eu-west-1', snapshotBlockPublicAccess: { state, managedBy: 'account' as const } }],
});

cases(notPublic, {
  pass: [
    { name: 'private', resource: { ...snapshot, isShared: false }, with: settings('unblocked') },
    { name: 'encrypted', resource: { ...snapshot, encrypted: true, isShared: false } },
  ],
  fail: [
    {
      name: 'public',
      resource: snapshot,
      with: settings('unblocked'),
      severity: undefined,
      evidence: { storageTier: 'standard', snapshotBlockPublicAccess: 'unblocked' },
    },
    { name: 'public and archived', resource: { ...snapshot, storageTier: 'archive' }, with: settings('unblocked') },
    {
      name: 'public, and new sharing is blocked: what is public stays so',
      resource: snapshot,
      with: settings('block-new-sharing'),
      severity: undefined,
    },
    // AWS keeps the permission while the block makes it void (EnableSnapshotBlockPublicAccess).
    {
      name: 'public on paper, all sharing is blocked',
      resource: snapshot,
      with: settings('block-all-sharing'),
      severity: 'low',
      message: 'becomes public again',
    },
    {
      name: 'public, and it is not known whether sharing is blocked',
      resource: snapshot,
      severity: undefined,
      evidence: { storageTier: 'standard', snapshotBlockPublicAccess: 'not known' },
    },
    {
      name: 'public and being restored from the archive',
      resource: { ...snapshot, state: 'recovering' },
      with: settings('unblocked'),
    },
  ],
  skip: (['pending', 'error'] as const).map((state) => ({
    name: state,
    resource: { ...snapshot, state },
    message: state,
  })),
});
