import { check, fail, pass, skip } from '../../lib/core/check.ts';

export default check({
  id: 'ec2-ami-not-public',
  title: 'Images of the account are not public',
  severity: 'high',
  why: 'Whoever launches a public image reads the software and the secrets that were built into it.',
  fix: 'aws ec2 modify-image-attribute --image-id <image-id> --launch-permission "Remove=[{Group=all}]"',
  resource: 'AWS::EC2::Image',
  evaluate({ state, isPublic, deprecationTime }) {
    if (state === 'deregistered' || state === 'failed') return skip(`the image is ${state}`);
    if (!isPublic) return pass('not public', { isPublic });
    return fail('everybody may launch it', { isPublic, state, deprecationTime });
  },
});
