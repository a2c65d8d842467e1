import { check, fail, pass, skip } from '../../lib/core/check.ts';

export default check({
  id: 'kms-key-rotation-enabled',
  title: 'Customer managed symmetric KMS keys rotate every year',
  severity: 'medium',
  why: 'Key material that never changes protects everything it ever encrypted with one secret.',
  fix: 'aws kms enable-key-rotation --key-id <key-id> --rotation-period-in-days 365',
  resource: 'AWS::KMS::Key',
  needs: ['metadata', 'rotation'],
  params: { maxPeriodDays: 365 },
  evaluate({ metadata, rotation }, { params }) {
    if (metadata.manager !== 'CUSTOMER') return skip('managed by AWS');
    if (metadata.state !== 'Enabled') return skip(`the key is in state ${metadata.state}`);
    if (metadata.multiRegionKeyType === 'REPLICA') return skip('a replica rotates with its primary key');
    if (!rotation)
      return skip(`keys of spec ${metadata.spec} and origin ${metadata.origin} do not rotate by themselves`);
    if (!rotation.enabled) return fail('rotation is off', { rotation });
    const period = rotation.periodInDays ?? 365;
    if (period > params.maxPeriodDays)
      return fail(`rotates every ${period} days, more than ${params.maxPeriodDays}`, { rotation });
    return pass(`rotates every ${period} days`, { rotation });
  },
});
