import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { openStatements } from './_trust.ts';

export default check({
  id: 'iam-role-trust-not-public',
  title: 'No role can be assumed from just any AWS account',
  severity: 'critical',
  why: 'Anybody with an AWS account of their own can become this role and use its permissions.',
  fix: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://<trust-policy>.json',
  resource: 'AWS::IAM::Role',
  evaluate({ trust, account }) {
    const statements = openStatements(trust, account);
    if (statements.length === 0) return pass('the trust policy says who may assume the role');
    const verdict = fail('any AWS principal may assume the role', { statements });
    const isHindered = statements.every((one) => one.isHindered);
    return isHindered ? rated('high', 'it takes an external id or an address, but no identity', verdict) : verdict;
  },
});
