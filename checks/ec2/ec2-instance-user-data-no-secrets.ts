import { check, skip } from '../../lib/core/check.ts';
import { isTerminated } from './_instances.ts';
import { judgeUserData } from './_user-data.ts';

export default check({
  id: 'ec2-instance-user-data-no-secrets',
  title: 'User data of instances holds no secrets',
  severity: 'high',
  why: 'Every process of the instance and everybody who may describe it can read its user data.',
  fix: 'aws ec2 modify-instance-attribute --instance-id <stopped-instance-id> --attribute userData --value file://<script-without-secrets>',
  resource: 'AWS::EC2::Instance',
  needs: ['userData'],
  params: { ignoreHashes: [] as readonly string[] },
  evaluate(instance, { params }) {
    if (isTerminated(instance) || !instance.userData) return skip(`the instance is ${instance.state}`);
    return judgeUserData([instance.userData], params.ignoreHashes);
  },
});
