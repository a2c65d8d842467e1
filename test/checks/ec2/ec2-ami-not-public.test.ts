import notPublic from '../../../checks/ec2/ec2-ami-not-public.ts';
import { cases } from '../../support/cases.ts';

const image = { name: 'base', state: 'available' as const, isPublic: true, deprecationTime: null };

cases(notPublic, {
  pass: [{ name: 'not public', resource: { ...image, isPublic: false }, evidence: { isPublic: false } }],
  fail: [
    {
      name: 'public',
      resource: image,
      evidence: { isPublic: true, state: 'available', deprecationTime: null },
    },
    {
      name: 'public and deprecated: it can still be launched',
      resource: { ...image, deprecationTime: '2024-01-01T00:00:00.000Z' },
    },
    { name: 'public and pending', resource: { ...image, state: 'pending' } },
  ],
  skip: [
    { name: 'deregistered', resource: { ...image, state: 'deregistered' }, message: 'deregistered' },
    { name: 'failed', resource: { ...image, state: 'failed' }, message: 'failed' },
  ],
});
