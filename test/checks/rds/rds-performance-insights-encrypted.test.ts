import insightsEncrypted from '../../../checks/rds/rds-performance-insights-encrypted.ts';
import type { ResourceTypes } from '../../../lib/core/model.ts';
import { cases } from '../../support/cases.ts';
import { instance, NOT_JUDGED } from './_fixtures.ts';

const arn = 'arn:aws:kms:eu-west-1:111122223333:key/k1';
const on = (performanceInsightsKey: string | null) => ({ performanceInsights: true, performanceInsightsKey });
type Metadata = ResourceTypes['AWS::KMS::Key']['facets']['metadata'];
const keys = (manager: string) => ({ keys: [{ id: 'k1', arn, metadata: { manager } as Metadata }] });

cases(insightsEncrypted, {
  pass: [
    { name: 'off', resource: instance(), message: 'is off', evidence: { performanceInsights: false } },
    {
      name: 'a customer managed key',
      resource: instance(on(arn)),
      with: keys('CUSTOMER'),
      message: 'a customer managed key',
      evidence: { performanceInsightsKey: arn },
    },
    { name: 'a key by its id', resource: instance(on('k1')), with: keys('CUSTOMER') },
    {
      name: 'a key of another account, which only customer managed ones can be',
      resource: instance(on('arn:aws:kms:eu-west-1:444455556666:key/k9')),
      with: { keys: [] },
      message: 'another account',
    },
    { name: 'a member of a cluster', resource: instance({ ...on(arn), cluster: 'orders' }), with: keys('CUSTOMER') },
  ],
  fail: [
    {
      name: 'the key that AWS manages',
      resource: instance(on(arn)),
      with: keys('AWS'),
      message: 'the key that AWS manages',
      evidence: { performanceInsightsKey: arn },
    },
    { name: 'no key of its own', resource: instance(on(null)), message: 'the key that AWS manages' },
    { name: 'in the advanced mode', resource: instance({ ...on(arn), insightsMode: 'advanced' }), with: keys('AWS') },
  ],
  skip: NOT_JUDGED.map(([name, change, message]) => ({
    name,
    resource: instance({ ...on(null), ...change }),
    message,
  })),
  unknown: [{ name: 'a key that is not there', resource: instance(on(arn)), with: { keys: [] }, message: arn }],
});
