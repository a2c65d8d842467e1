import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { matches } from '../../lib/policy/wildcard.ts';

/** AWS attaches these to users whose access key it found in public. */
const QUARANTINE = 'arn:*:iam::aws:policy/AWSCompromisedKeyQuarantine*';

export default check({
  id: 'iam-user-policies-via-groups',
  title: 'IAM users get their permissions from groups or roles alone',
  severity: 'low',
  why: 'Permissions that are handed out user by user are forgotten when people change their job or leave.',
  fix: 'aws iam detach-user-policy --user-name <user> --policy-arn <policy-arn>',
  resource: 'AWS::IAM::User',
  params: { ignorePolicies: ['IAMUserChangePassword', 'AWSCompromisedKeyQuarantine*'] as readonly string[] },
  evaluate({ attachedPolicies, documents }, { params }) {
    const attached = attachedPolicies.map(({ name }) => name);
    const inline = documents.map(({ name }) => name);
    if (attachedPolicies.some(({ arn }) => matches(QUARANTINE, arn))) {
      const verdict = fail('AWS has put this user into quarantine', { attached, inline });
      return rated('critical', 'a key of the user was found in public', verdict);
    }
    const isCounted = (name: string) => !params.ignorePolicies.some((pattern) => matches(pattern, name));
    const direct = { attached: attached.filter(isCounted), inline: inline.filter(isCounted) };
    const names = [...direct.attached, ...direct.inline];
    return names.length > 0 ? fail(`policies of its own: ${names.join(', ')}`, direct) : pass('no policies of its own');
  },
});
