import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { isTerminated } from './_instances.ts';

export default check({
  id: 'ec2-instance-ami-not-deprecated',
  title: 'Instances run from images that are neither deprecated nor gone',
  severity: 'medium',
  why: 'An image that its owner has withdrawn gets no fixes, and the instance cannot be built anew from it.',
  fix: 'aws ssm get-parameter --name /aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-x86_64',
  resource: 'AWS::EC2::Instance',
  needs: ['imageState'],
  evaluate(instance, { now }) {
    const { image, imageState } = instance;
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    if (!imageState || imageState.state === 'deregistered')
      return rated('low', 'deregistered, or not shared any more', fail('AWS does not show its image', { image }));
    const evidence = { image, ...imageState };
    const { state, deprecationTime } = imageState;
    if (state === 'disabled') return fail('its image is disabled', evidence);
    const isDeprecated = deprecationTime !== null && ageInDays(deprecationTime, now) >= 0;
    if (isDeprecated) return fail('its image is deprecated', evidence);
    return pass('its image is current', evidence);
  },
});
