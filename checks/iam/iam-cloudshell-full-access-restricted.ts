import { check, fail, pass } from '../../lib/core/check.ts';
import { attachedOfAws } from './_admin.ts';

export default check({
  id: 'iam-cloudshell-full-access-restricted',
  title: 'AWSCloudShellFullAccess is attached to nobody',
  severity: 'low',
  why: 'CloudShell can send files anywhere, so data leaves the account from within a console session.',
  fix: 'aws iam detach-group-policy --group-name <group> --policy-arn arn:aws:iam::aws:policy/AWSCloudShellFullAccess',
  resource: ['AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  evaluate(holder) {
    const attached = attachedOfAws(holder, ['AWSCloudShellFullAccess']);
    if (attached.length === 0) return pass('the policy is not attached');
    return fail('the policy is attached', { attached: attached.map(({ arn }) => arn) });
  },
});
