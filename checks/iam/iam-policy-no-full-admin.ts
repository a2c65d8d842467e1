import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { adminDocuments } from './_admin.ts';
import { DOCUMENTED, idle, isUnattached } from './_grants.ts';

export default check({
  id: 'iam-policy-no-full-admin',
  title: 'No customer managed or inline policy allows everything',
  severity: 'critical',
  why: 'Who holds such a policy, or steals a session that does, owns the whole account.',
  fix: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://<narrower-policy>.json --set-as-default',
  // Inline policies are judged where they stand.
  resource: DOCUMENTED,
  params: { includeUnattached: false, ignoreConditioned: false },
  evaluate(holder, { params }) {
    const verdictOnIdle = idle(holder, params.includeUnattached);
    if (verdictOnIdle) return verdictOnIdle;
    const policies = adminDocuments(holder.documents, holder, params);
    if (policies.length === 0) return pass('no policy allows all actions on all resources');
    const verdict = fail(`${policies.map(({ name }) => name).join(', ')}: all actions on all resources`, { policies });
    return isUnattached(holder) ? rated('medium', 'unattached', verdict) : verdict;
  },
});
