import complexity from '../../../checks/iam/iam-password-policy-complexity.ts';
import { cases } from '../../support/cases.ts';
import { PASSWORD_POLICY, userWithPassword } from './_fixtures.ts';

type Policy = Omit<typeof PASSWORD_POLICY, 'maxAge'> & { readonly maxAge: number | null };
const policy = (difference: Partial<Policy> = {}) => ({ passwordPolicy: { ...PASSWORD_POLICY, ...difference } });
const human = { users: [userWithPassword('machine', false), userWithPassword('human', true)] };

cases(complexity, {
  pass: [
    { name: 'all four', resource: policy(), with: human, evidence: { optional: [], maxAge: null } },
    {
      name: 'all four, for exactly 90 days',
      resource: policy({ maxAge: 90 }),
      params: { maxPasswordAgeDays: 90 },
      evidence: { optional: [], maxAge: 90 },
    },
    { name: 'all four, for 1000 days, and no limit is wanted', resource: policy({ maxAge: 1000 }) },
  ],
  fail: [
    ...(
      [
        ['requireSymbols', 'symbols'],
        ['requireNumbers', 'numbers'],
        ['requireUppercaseCharacters', 'uppercase letters'],
        ['requireLowercaseCharacters', 'lowercase letters'],
      ] as const
    ).map(([field, kind]) => ({
      name: `no ${kind}`,
      resource: policy({ [field]: false }),
      with: human,
      message: new RegExp(`^passwords need no ${kind}$`),
      evidence: { optional: [kind], maxAge: null },
    })),
    {
      // The IAM user guide: the default asks for three kinds of four. None of them is required.
      name: 'no policy of its own',
      resource: { passwordPolicy: null },
      with: human,
      evidence: { optional: ['symbols', 'numbers', 'uppercase letters', 'lowercase letters'], maxAge: null },
    },
    {
      name: 'all four, for 91 days where 90 are wanted',
      resource: policy({ maxAge: 91 }),
      with: human,
      params: { maxPasswordAgeDays: 90 },
      message: /^passwords last 91 days$/,
    },
    {
      name: 'all four, for ever where 90 days are wanted',
      resource: policy(),
      with: human,
      params: { maxPasswordAgeDays: 90 },
      message: /^passwords never expire$/,
    },
    {
      name: 'an age of zero is no age',
      resource: policy({ maxAge: 0 }),
      with: human,
      params: { maxPasswordAgeDays: 90 },
      message: /^passwords never expire$/,
      evidence: { optional: [], maxAge: null },
    },
    {
      name: 'no symbols, and for ever',
      resource: policy({ requireSymbols: false }),
      with: human,
      params: { maxPasswordAgeDays: 90 },
      message: 'passwords need no symbols; passwords never expire',
    },
    {
      name: 'nobody has a password, and that is no excuse',
      resource: policy({ requireNumbers: false }),
      with: { users: [userWithPassword('machine', false)] },
      params: { skipWithoutConsoleUsers: false },
    },
  ],
  skip: [
    { name: 'no users', resource: policy({ requireNumbers: false }), message: 'no IAM user' },
    {
      name: 'only users without password',
      resource: { passwordPolicy: null },
      with: { users: [userWithPassword('machine', false)] },
    },
  ],
});
