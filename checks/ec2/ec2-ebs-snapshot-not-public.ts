import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

export default check({
  id: 'ec2-ebs-snapshot-not-public',
  title: 'EBS snapshots are not public',
  severity: 'critical',
  why: 'Any AWS account can copy a public snapshot, and with it all data of the disk.',
  fix: 'aws ec2 modify-snapshot-attribute --snapshot-id <snapshot-id> --attribute createVolumePermission --operation-type remove --group-names all',
  resource: 'AWS::EC2::Snapshot',
  needs: ['isShared'],
  uses: { settings: table('AWS::EC2::AccountSettings', 'snapshotBlockPublicAccess') },
  evaluate({ state, isShared, encrypted, storageTier, region }, { settings }) {
    if (state === 'pending' || state === 'error') return skip(`the snapshot is in state ${state}`);
    if (!isShared) return pass('not shared with everybody', { encrypted });
    const block = ifKnown(() => settings.get(region)?.snapshotBlockPublicAccess.state, undefined) ?? 'not known';
    const verdict = fail('everybody may restore it', { storageTier, snapshotBlockPublicAccess: block });
    if (block !== 'block-all-sharing') return verdict;
    return rated('low', 'the region blocks it, and it becomes public again once the block is lifted', verdict);
  },
});
