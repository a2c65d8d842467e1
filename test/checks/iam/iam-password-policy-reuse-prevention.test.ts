import reuse from '../../../checks/iam/iam-password-policy-reuse-prevention.ts';
import { cases } from '../../support/cases.ts';
import { PASSWORD_POLICY, userWithPassword } from './_fixtures.ts';

const remembers = (reusePrevention: number | null) => ({ passwordPolicy: { ...PASSWORD_POLICY, reusePrevention } });
const human = { users: [userWithPassword('machine', false), userWithPassword('human', true)] };

cases(reuse, {
  pass: [
    { name: 'exactly 24, the most that IAM takes', resource: remembers(24), with: human, evidence: { remembered: 24 } },
    { name: '5 are enough', resource: remembers(5), params: { minRemembered: 5 } },
  ],
  fail: [
    {
      name: '23',
      resource: remembers(23),
      with: human,
      message: 'the password policy remembers 23',
      evidence: { remembered: 23 },
    },
    {
      name: 'none: IAM leaves the number out where reuse is allowed',
      resource: remembers(null),
      with: human,
      evidence: { remembered: 0 },
    },
    {
      name: 'no policy of its own',
      resource: { passwordPolicy: null },
      with: human,
      message: 'the default of IAM remembers 0',
      params: { minRemembered: 1 },
    },
    {
      name: 'nobody has a password, and that is no excuse',
      resource: remembers(23),
      with: { users: [userWithPassword('machine', false)] },
      params: { skipWithoutConsoleUsers: false },
    },
  ],
  skip: [
    { name: 'no users', resource: remembers(1), message: 'no IAM user' },
    {
      name: 'only users without password',
      resource: { passwordPolicy: null },
      with: { users: [userWithPassword('machine', false)] },
    },
  ],
});
