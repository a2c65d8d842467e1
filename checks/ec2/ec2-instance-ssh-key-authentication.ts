import { check, fail, pass, rated, skip, table, unknown } from '../../lib/core/check.ts';
import { isOpenWithoutKey } from './_admin-paths.ts';
import { isTerminated } from './_instances.ts';

export default check({
  id: 'ec2-instance-ssh-key-authentication',
  title: 'Linux instances take keys or Session Manager, never passwords',
  severity: 'medium',
  why: 'Passwords for SSH are guessed day and night, and this one stands in readable user data.',
  fix: 'aws ec2 modify-instance-attribute --instance-id <stopped-instance-id> --attribute userData --value file://<script-without-passwords>',
  resource: 'AWS::EC2::Instance',
  needs: ['passwordLogins'],
  uses: {
    managedInstances: table('AWS::SSM::ManagedInstance'),
    connectEndpoints: table('AWS::EC2::InstanceConnectEndpoint'),
  },
  evaluate(instance, ways) {
    const { state, isWindows, keyName, passwordLogins } = instance;
    if (isTerminated(instance) || !passwordLogins) return skip(`the instance is ${state}`);
    if (isWindows) return skip('the instance runs Windows');
    const signs = passwordLogins.signs.map((sign) => ({ ...sign }));
    if (signs.length > 0) return fail('user data enables logins by password', { signs });
    if (passwordLogins.kind === 'binary') return unknown('the user data is not text only: look at it by hand');
    // No agent is online on an instance that does not run.
    if (keyName === null && state === 'running' && !isOpenWithoutKey(instance, ways))
      return rated('low', 'it may be by password', fail('how to log in without a key pair is not seen', { keyName }));
    return pass('no sign of logins by password', { keyName });
  },
});
