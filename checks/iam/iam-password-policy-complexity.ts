import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { isMoot, optionalClasses } from './_password-policy.ts';

export default check({
  id: 'iam-password-policy-complexity',
  title: 'Passwords of IAM users mix letters of both cases, numbers and symbols',
  severity: 'low',
  why: 'Passwords of one kind of character are the first that guessing finds.',
  // What the command leaves out falls back to the default, so that it names the rest of the policy too.
  fix: 'aws iam update-account-password-policy --require-symbols --require-numbers --require-uppercase-characters --require-lowercase-characters --minimum-password-length 14 --password-reuse-prevention 24 --allow-users-to-change-password',
  resource: 'AWS::::Account',
  needs: ['passwordPolicy'],
  uses: { users: table('AWS::IAM::User', 'credentials') },
  params: { maxPasswordAgeDays: null as number | null, skipWithoutConsoleUsers: true },
  evaluate({ passwordPolicy }, { params, users }) {
    const optional = optionalClasses(passwordPolicy);
    const maxAge = passwordPolicy?.maxAge || null;
    const isLasting = params.maxPasswordAgeDays !== null && (maxAge ?? Infinity) > params.maxPasswordAgeDays;
    const problems = [
      ...(optional.length > 0 ? [`passwords need no ${optional.join(', ')}`] : []),
      ...(isLasting ? [maxAge ? `passwords last ${maxAge} days` : 'passwords never expire'] : []),
    ];
    const evidence = { optional, maxAge };
    if (problems.length === 0) return pass('passwords need characters of all kinds', evidence);
    return isMoot(params, users) ? skip('no IAM user has a console password') : fail(problems.join('; '), evidence);
  },
});
