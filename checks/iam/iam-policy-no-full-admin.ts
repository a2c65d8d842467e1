import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { adminDocuments } from './_admin.ts';

export default check({
  id: 'iam-policy-no-full-admin',
  title: 'No customer managed or inline policy allows everything',
  severity: 'critical',
  why: 'Who holds such a policy, or steals a session that does, owns the whole account.',
  fix: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://<narrower-policy>.json --set-as-default',
  // Inline policies are judged where they stand.
  resource: ['AWS::IAM::ManagedPolicy', 'AWS::IAM::User', 'AWS::IAM::Group', 'AWS::IAM::Role'],
  params: { includeUnattached: false, ignoreConditioned: false },
  evaluate(holder, { params }) {
    const isUnattached = holder.type === 'AWS::IAM::ManagedPolicy' && holder.attachmentCount === 0;
    if (isUnattached && holder.boundaryCount > 0) return skip('only a permissions boundary, which grants nothing');
    if (isUnattached && !params.includeUnattached) return pass('unattached');
    if (holder.documents.length === 0) return skip('no inline policies');
    const policies = adminDocuments(holder.documents, holder, params);
    if (policies.length === 0) return pass('no policy allows all actions on all resources');
    const verdict = fail(`${policies.map(({ name }) => name).join(', ')}: all actions on all resources`, { policies });
    return isUnattached ? rated('medium', 'unattached', verdict) : verdict;
  },
});
