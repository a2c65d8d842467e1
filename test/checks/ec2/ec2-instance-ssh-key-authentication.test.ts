import keys from '../../../checks/ec2/ec2-instance-ssh-key-authentication.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const sign = { sign: 'sshd' as const, line: 4 };
const withData = (kind: 'text' | 'empty' | 'binary', ...signs: (typeof sign)[]) => ({
  ...instance,
  passwordLogins: { kind, signs },
});
const plain = withData('empty');
const keyed = { ...plain, keyName: 'ops' };

cases(keys, {
  pass: [
    { name: 'a key pair', resource: keyed, message: 'no sign', evidence: { keyName: 'ops' } },
    {
      name: 'no key pair, but Session Manager',
      resource: plain,
      with: { managedInstances: [{ id: 'id', pingStatus: 'Online', lastPing: null }] },
      evidence: { keyName: null },
    },
    {
      name: 'no key pair, but an Instance Connect Endpoint',
      resource: plain,
      with: { connectEndpoints: [{ id: 'eice-1', vpc: 'vpc-1', state: 'create-complete' }] },
    },
    // No agent is online on an instance that is off, so nothing can be told of it.
    { name: 'no key pair on a stopped instance', resource: { ...plain, state: 'stopped' } },
  ],
  fail: [
    {
      name: 'user data that enables passwords, with a key pair',
      resource: { ...withData('text', sign), keyName: 'ops' },
      severity: undefined,
      message: 'enables logins by password',
      evidence: { signs: [sign] },
    },
    { name: 'user data that enables passwords, beside binary content', resource: withData('binary', sign) },
    { name: 'a stopped instance', resource: { ...withData('text', sign), state: 'stopped' } },
    { name: 'no key pair and no other way', resource: plain, severity: 'low', evidence: { keyName: null } },
    {
      name: 'no key pair, and an agent that lost the connection',
      resource: plain,
      with: { managedInstances: [{ id: 'id', pingStatus: 'ConnectionLost', lastPing: null }] },
      severity: 'low',
    },
    {
      name: 'no key pair, and an endpoint elsewhere',
      resource: plain,
      with: { connectEndpoints: [{ id: 'eice-1', vpc: 'vpc-2', state: 'create-complete' }] },
      severity: 'low',
    },
  ],
  skip: [
    { name: 'terminated', resource: { ...plain, state: 'terminated', passwordLogins: null }, message: 'terminated' },
    { name: 'terminated since', resource: { ...withData('text', sign), state: 'terminated' } },
    { name: 'Windows', resource: { ...withData('text', sign), isWindows: true }, message: 'Windows' },
  ],
  unknown: [{ name: 'binary content', resource: { ...withData('binary'), keyName: 'ops' }, message: 'by hand' }],
});
