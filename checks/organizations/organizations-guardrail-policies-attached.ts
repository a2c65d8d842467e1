import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { GUARDS, isRestricted, SERVICE_CONTROL, undenied } from './_guardrails.ts';

export default check({
  id: 'organizations-guardrail-policies-attached',
  title: 'Control policies keep member accounts from switching off their guards',
  severity: 'high',
  why: 'An administrator of a member account, or whoever stole such credentials, can stop the logs and leave the organisation.',
  fix: 'aws organizations attach-policy --policy-id <policy-id> --target-id <root-or-ou-id>',
  resource: 'AWS::Organizations::MemberAccount',
  uses: { policies: table('AWS::Organizations::Policy', 'statements', 'targets') },
  params: { requiredDenies: GUARDS },
  evaluate({ isManagementAccount, state, path, policyTypes }, { params, policies }) {
    if (isManagementAccount) return skip('control policies never restrict the management account');
    if (!path || !policyTypes) return skip('only the management account and delegated administrators can tell');
    if (state !== 'ACTIVE') return skip(`the account is in state ${state}`);
    if (!policyTypes.includes(SERVICE_CONTROL))
      return fail('service control policies are not enabled at the root', { policyTypes });
    if (!isRestricted(path, policies)) return fail('no control policy takes anything away from it', { path });
    const missing = undenied(params.requiredDenies, path, policies);
    if (missing.length > 0) return fail(`no control policy denies ${missing.join(', ')}`, { missing, path });
    return pass('control policies deny all that they must', { path });
  },
});
