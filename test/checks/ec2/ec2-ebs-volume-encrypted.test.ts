import encrypted from '../../../checks/ec2/ec2-ebs-volume-encrypted.ts';
import { cases } from '../../support/cases.ts';

const volume = { state: 'in-use' as const, created: '2025-01-01T00:00:00.000Z', encrypted: false, kmsKey: null };
const attachedOnly = { attachedOnly: true };

cases(encrypted, {
  pass: [
    {
      name: 'encrypted',
      resource: { ...volume, encrypted: true, kmsKey: 'arn:key' },
      evidence: { encrypted: true, kmsKey: 'arn:key' },
    },
    { name: 'encrypted and not attached', resource: { ...volume, state: 'available', encrypted: true } },
  ],
  fail: [
    {
      name: 'attached',
      resource: volume,
      severity: undefined,
      evidence: { encrypted: false, state: 'in-use' },
    },
    {
      name: 'not attached: data at rest too',
      resource: { ...volume, state: 'available' },
      severity: undefined,
    },
    {
      name: 'not attached, where only attached ones matter',
      resource: { ...volume, state: 'available' },
      params: attachedOnly,
      severity: 'low',
      message: 'not attached',
    },
    {
      name: 'attached, where only attached ones matter',
      resource: volume,
      params: attachedOnly,
      severity: undefined,
    },
    { name: 'being created', resource: { ...volume, state: 'creating' } },
  ],
  skip: (['deleting', 'deleted', 'error'] as const).map((state) => ({
    name: state,
    resource: { ...volume, state },
    message: state,
  })),
});
