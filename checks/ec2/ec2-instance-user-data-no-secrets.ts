import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { isTerminated } from './_instances.ts';

/** What more there is shows once these are gone. */
const MOST_IN_EVIDENCE = 20;

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
    const { kind, matches } = instance.userData;
    const open = matches.filter(({ hash }) => !params.ignoreHashes.includes(hash));
    if (open.length > 0)
      return fail(`secrets in user data: ${open.length}`, {
        matches: open.slice(0, MOST_IN_EVIDENCE).map((match) => ({ ...match })),
      });
    if (kind === 'binary') return unknown('the user data is not text only: look at it by hand');
    return pass(kind === 'empty' ? 'no user data' : 'no secret in user data', { accepted: matches.length });
  },
});
