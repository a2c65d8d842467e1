import minLength from '../../../checks/iam/iam-password-policy-min-length.ts';
import { cases } from '../../support/cases.ts';
import { PASSWORD_POLICY, userWithPassword as person } from './_fixtures.ts';

const length = (minimumLength: number) => ({ passwordPolicy: { ...PASSWORD_POLICY, minimumLength } });
const human = { users: [person('machine', false), person('human', true)] };

cases(minLength, {
  pass: [
    { name: 'exactly 14', resource: length(14), with: human, evidence: { minimumLength: 14 } },
    { name: 'more, and nobody to obey it', resource: length(15) },
    {
      name: '8 characters suffice, and IAM asks for 8 by default',
      resource: { passwordPolicy: null },
      params: { minLength: 8 },
    },
  ],
  fail: [
    { name: '13', resource: length(13), with: human, message: 'password policy', evidence: { minimumLength: 13 } },
    {
      name: 'no policy of its own: the default of IAM asks for 8',
      resource: { passwordPolicy: null },
      with: human,
      message: 'default of IAM',
      evidence: { minimumLength: 8 },
    },
    {
      name: 'no policy of its own, and 9 characters are wanted',
      resource: { passwordPolicy: null },
      with: human,
      params: { minLength: 9 },
    },
    {
      name: 'nobody has a password, and that is no excuse',
      resource: length(13),
      with: { users: [person('machine', false)] },
      params: { skipWithoutConsoleUsers: false },
    },
  ],
  skip: [
    { name: 'no users', resource: length(13), message: 'no IAM user' },
    {
      name: 'only users without password',
      resource: { passwordPolicy: null },
      with: { users: [person('machine', false)] },
    },
  ],
});
