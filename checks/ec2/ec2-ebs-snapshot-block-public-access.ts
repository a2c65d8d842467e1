import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

export default check({
  id: 'ec2-ebs-snapshot-block-public-access',
  title: 'Every region blocks public access to EBS snapshots',
  severity: 'medium',
  why: 'One wrong click shares a disk with every AWS account, where the block would have refused it.',
  fix: 'aws ec2 enable-snapshot-block-public-access --region <region> --state block-all-sharing',
  resource: 'AWS::EC2::AccountSettings',
  needs: ['snapshotBlockPublicAccess'],
  uses: { snapshots: table('AWS::EC2::Snapshot') },
  evaluate({ snapshotBlockPublicAccess: { state, managedBy } }, { snapshots }) {
    if (state === 'block-all-sharing') return pass('all sharing with everybody is blocked', { state, managedBy });
    if (state === 'block-new-sharing')
      return rated('low', 'what is public stays public', fail('only new sharing is blocked', { state, managedBy }));
    const verdict = fail('sharing with everybody is not blocked', { state, managedBy });
    const isUnused = ifKnown(() => !snapshots.some(() => true), false);
    return isUnused ? rated('low', 'the region has no snapshots', verdict) : verdict;
  },
});
