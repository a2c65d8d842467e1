import { check, fail, pass, skip, table } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import { accountOfArn } from '../../lib/policy/principal.ts';
import { notJudged } from './_databases.ts';

export default check({
  id: 'rds-performance-insights-encrypted',
  title: 'Performance Insights keeps its data under a customer managed key',
  severity: 'low',
  why: 'The data holds the text of queries, and whoever may call RDS can read what the key of AWS protects.',
  fix: 'aws rds modify-db-instance --db-instance-identifier <instance> --no-enable-performance-insights && aws rds modify-db-instance --db-instance-identifier <instance> --enable-performance-insights --performance-insights-kms-key-id <key-id>',
  resource: 'AWS::RDS::DBInstance',
  uses: { keys: table('AWS::KMS::Key', 'metadata') },
  evaluate(instance, { keys }) {
    const reason = notJudged(instance);
    if (reason) return skip(reason);
    const { performanceInsights, performanceInsightsKey: key } = instance;
    if (!performanceInsights) return pass('Performance Insights is off', { performanceInsights });
    const evidence = { performanceInsightsKey: key };
    if (key === null) return fail('encrypted with the key that AWS manages', evidence);
    // Only customer managed keys can be used from another account.
    if ((accountOfArn(key) ?? instance.account) !== instance.account)
      return pass('encrypted with a key of another account', evidence);
    const { manager } = required(keys.get(key), `key ${key}`).metadata;
    if (manager === 'AWS') return fail('encrypted with the key that AWS manages', evidence);
    return pass('encrypted with a customer managed key', evidence);
  },
});
