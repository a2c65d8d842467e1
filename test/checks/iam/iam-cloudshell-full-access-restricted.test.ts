import cloudShell from '../../../checks/iam/iam-cloudshell-full-access-restricted.ts';
import { cases } from '../../support/cases.ts';
import { attachedAws, attachedOwn, groupOf, roleOf, userOf } from './_principals.ts';

const FULL = { attachedPolicies: [attachedAws('ReadOnlyAccess'), attachedAws('AWSCloudShellFullAccess')] };

cases(cloudShell, {
  pass: [
    { name: 'no policies', resource: userOf() },
    {
      name: 'administrators have CloudShell anyway',
      resource: roleOf({ attachedPolicies: [attachedAws('AdministratorAccess')] }),
    },
    {
      name: 'a policy of the account that is called the same',
      resource: groupOf({ attachedPolicies: [attachedOwn('AWSCloudShellFullAccess')] }),
    },
  ],
  fail: [
    {
      name: 'a user',
      resource: userOf(FULL),
      severity: undefined,
      evidence: { attached: ['arn:aws:iam::aws:policy/AWSCloudShellFullAccess'] },
    },
    { name: 'a group', resource: groupOf(FULL) },
    { name: 'a role', resource: roleOf(FULL) },
    { name: 'in China', resource: roleOf({ attachedPolicies: [attachedAws('AWSCloudShellFullAccess', 'aws-cn')] }) },
  ],
});
