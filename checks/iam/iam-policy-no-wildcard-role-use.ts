import { check, fail, pass } from '../../lib/core/check.ts';
import { DOCUMENTED, idle, roleGrants } from './_grants.ts';

export default check({
  id: 'iam-policy-no-wildcard-role-use',
  title: 'No customer managed or inline policy lets assume or pass just any role',
  severity: 'high',
  why: 'A holder can try every role there is, or start a service with the strongest one.',
  fix: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://<policy-with-role-arns>.json --set-as-default',
  // Inline policies are judged where they stand.
  resource: DOCUMENTED,
  params: { allowOwnAccountPrefixWildcards: true },
  evaluate(holder, { params }) {
    const verdictOnIdle = idle(holder);
    if (verdictOnIdle) return verdictOnIdle;
    const grants = roleGrants(holder, { acceptPrefixes: params.allowOwnAccountPrefixWildcards });
    if (grants.length === 0)
      return pass('no statement lets use just any role, but for full admin, which has a check of its own');
    return fail(`grants ${[...new Set(grants.flatMap((one) => one.grants))].join(', ')}`, { grants });
  },
});
