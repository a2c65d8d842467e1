import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';

export default check({
  id: 'ec2-ebs-default-encryption-enabled',
  title: 'New EBS volumes of a region are encrypted by default',
  severity: 'medium',
  why: 'Whoever creates a volume or copies a snapshot without naming encryption leaves the data readable.',
  fix: 'aws ec2 enable-ebs-encryption-by-default --region <region>',
  resource: 'AWS::EC2::AccountSettings',
  needs: ['ebsEncryptionByDefault'],
  uses: { volumes: table('AWS::EC2::Volume') },
  evaluate({ ebsEncryptionByDefault }, { volumes }) {
    if (ebsEncryptionByDefault) return pass('encryption by default is on', { ebsEncryptionByDefault });
    const verdict = fail('encryption by default is off', { ebsEncryptionByDefault });
    const isUnused = ifKnown(() => !volumes.some(() => true), false);
    return isUnused ? rated('low', 'the region has no volumes', verdict) : verdict;
  },
});
