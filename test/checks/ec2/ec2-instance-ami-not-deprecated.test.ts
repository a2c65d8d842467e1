import notDeprecated from '../../../checks/ec2/ec2-instance-ami-not-deprecated.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const image = { state: 'available' as const, owner: '137112412989', deprecationTime: null };
const from = (change: Partial<{ state: 'available' | 'disabled' | 'deregistered'; deprecationTime: string }>) => ({
  ...instance,
  imageState: { ...image, ...change },
});

cases(notDeprecated, {
  pass: [
    { name: 'an image that is never deprecated', resource: from({}), evidence: { image: 'ami-1', ...image } },
    { name: 'deprecated in a moment', resource: from({ deprecationTime: '2026-01-01T00:00:00.001Z' }) },
  ],
  fail: [
    {
      name: 'deprecated just now',
      resource: from({ deprecationTime: '2026-01-01T00:00:00.000Z' }),
      severity: undefined,
      message: 'deprecated',
      evidence: { image: 'ami-1', ...image, deprecationTime: '2026-01-01T00:00:00.000Z' },
    },
    { name: 'deprecated long ago', resource: from({ deprecationTime: '2023-05-01T10:00:00.000Z' }) },
    { name: 'disabled', resource: from({ state: 'disabled' }), severity: undefined, message: 'disabled' },
    {
      name: 'not found, of whatever owner',
      resource: { ...instance, imageState: null },
      severity: 'low',
      message: 'does not show its image',
      evidence: { image: 'ami-1' },
    },
    // Recently deregistered images are listed for a while (EC2 API reference, DescribeImages).
    { name: 'deregistered a moment ago', resource: from({ state: 'deregistered' }), severity: 'low' },
    { name: 'a stopped instance', resource: { ...from({ state: 'disabled' }), state: 'stopped' } },
  ],
  skip: [
    { name: 'terminated', resource: { ...instance, imageState: null, state: 'terminated' }, message: 'terminated' },
    { name: 'terminated since', resource: { ...from({ state: 'disabled' }), state: 'shutting-down' } },
  ],
});
