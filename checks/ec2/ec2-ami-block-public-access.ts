import { check, fail, pass } from '../../lib/core/check.ts';

export default check({
  id: 'ec2-ami-block-public-access',
  title: 'Every region blocks new public images',
  severity: 'low',
  why: 'One wrong permission publishes an image, where the block would have refused it.',
  fix: 'aws ec2 enable-image-block-public-access --region <region> --image-block-public-access-state block-new-sharing',
  resource: 'AWS::EC2::AccountSettings',
  needs: ['imageBlockPublicAccess'],
  evaluate({ imageBlockPublicAccess: { state, managedBy } }) {
    if (state === 'block-new-sharing') return pass('new public images are blocked', { state, managedBy });
    return fail('images may be made public', { state, managedBy });
  },
});
