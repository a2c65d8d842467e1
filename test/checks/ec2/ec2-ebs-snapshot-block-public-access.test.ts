import { expect, it } from 'vitest';
import block from '../../../checks/ec2/ec2-ebs-snapshot-block-public-access.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';

const settings = (state: 'block-all-sharing' | 'block-new-sharing' | 'unblocked') => ({
  snapshotBlockPublicAccess: { state, managedBy: 'account' as const },
});
const snapshots = [{ state: 'completed' as const, encrypted: true, storageTier: 'standard' as const }];

cases(block, {
  pass: [
    {
      name: 'all sharing is blocked',
      resource: settings('block-all-sharing'),
      evidence: { state: 'block-all-sharing', managedBy: 'account' },
    },
  ],
  fail: [
    { name: 'not blocked', resource: settings('unblocked'), with: { snapshots }, severity: undefined },
    {
      name: 'not blocked in a region without snapshots',
      resource: settings('unblocked'),
      severity: 'low',
      message: 'no snapshots',
    },
    // The rules of AWS want block-all-sharing; what was public stays so.
    {
      name: 'only new sharing is blocked',
      resource: settings('block-new-sharing'),
      with: { snapshots },
      severity: 'low',
      message: 'what is public stays public',
    },
    {
      name: 'not blocked by a policy of the organisation, which the account cannot change',
      resource: { snapshotBlockPublicAccess: { state: 'unblocked', managedBy: 'declarative-policy' } },
      with: { snapshots },
      evidence: { state: 'unblocked', managedBy: 'declarative-policy' },
    },
  ],
});

it('is not rated down where snapshots cannot be listed', () => {
  const unseen = table([], { reason: 'denied', operation: 'ec2:DescribeSnapshots', detail: 'access denied' });
  const context = { now: NOW, params: {}, variant: '', snapshots: unseen };
  const verdict = block.evaluate(settings('unblocked') as never, context as never);
  expect(verdict).toMatchObject({ status: 'FAIL' });
  expect(verdict.severity).toBeUndefined();
});
