import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { strangers } from '../../lib/policy/foreign.ts';
import { storedPolicy } from '../../lib/policy/stored.ts';
import { DIRECTORY, organizationTrust } from '../iam/_organization.ts';
import { callersOf } from './_policy.ts';
import { isPendingDeletion } from './_states.ts';

export default check({
  id: 'kms-key-policy-not-public',
  title: 'Key policies say who may use the key, and do not admit everybody',
  severity: 'critical',
  why: 'Anybody with an AWS account decrypts what the key protects, or destroys the key and the data with it.',
  fix: 'aws kms put-key-policy --key-id <key-id> --policy-name default --policy file://<policy.json>',
  resource: 'AWS::KMS::Key',
  needs: ['metadata', 'policy'],
  uses: DIRECTORY,
  params: { trustedAccounts: [] as readonly string[] },
  evaluate(key, { params, ...directory }) {
    if (key.policy === null) return skip('managed by AWS, with a policy that is fixed');
    const { everyone, accounts } = callersOf(storedPolicy(key.policy, 'kms:GetKeyPolicy'), key.account);
    const isDying = ifKnown(() => isPendingDeletion(key.metadata), false);
    if (everyone.length > 0) {
      const verdict = fail('any AWS account may use the key', { everyone });
      return isDying ? rated('low', 'the key is to be deleted', verdict) : verdict;
    }
    const foreign = strangers(accounts, organizationTrust(key.account, directory, params.trustedAccounts));
    if (foreign.length === 0) return pass('everyone it admits is known');
    const verdict = fail(`admits accounts that are not trusted: ${foreign.join(', ')}`, { foreign });
    return isDying ? rated('low', 'the key is to be deleted', verdict) : rated('medium', 'they are named', verdict);
  },
});
