import { check, fail, pass } from '../../lib/core/check.ts';
import { decryptGrants, DOCUMENTED, idle } from './_grants.ts';

export default check({
  id: 'iam-policy-no-kms-decrypt-all-keys',
  title: 'No customer managed or inline policy lets decrypt with every KMS key',
  severity: 'medium',
  why: 'Encryption keeps nobody out who may use each key that trusts the account.',
  fix: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://<policy-with-key-arns>.json --set-as-default',
  // Inline policies are judged where they stand.
  resource: DOCUMENTED,
  params: { includeUnattached: false, acceptViaService: true },
  evaluate(holder, { params }) {
    const verdictOnIdle = idle(holder, params.includeUnattached);
    if (verdictOnIdle) return verdictOnIdle;
    const grants = decryptGrants(holder, params);
    if (grants.length === 0)
      return pass('no statement lets decrypt with every key, but for full admin, which has a check of its own');
    return fail(`grants ${[...new Set(grants.flatMap((one) => one.grants))].join(', ')} with every key`, { grants });
  },
});
