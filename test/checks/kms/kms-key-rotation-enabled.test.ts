import rotation from '../../../checks/kms/kms-key-rotation-enabled.ts';
import { cases } from '../../support/cases.ts';

const metadata = {
  manager: 'CUSTOMER',
  state: 'Enabled',
  spec: 'SYMMETRIC_DEFAULT',
  origin: 'AWS_KMS',
  deletionDate: null,
  multiRegionKeyType: null,
} as const;
const yearly = { enabled: true, periodInDays: 365 };

cases(rotation, {
  pass: [
    { name: 'rotates every year', resource: { metadata, rotation: yearly }, evidence: { rotation: yearly } },
    { name: 'rotates more often', resource: { metadata, rotation: { enabled: true, periodInDays: 90 } } },
    {
      name: 'no period in the answer: the documented default of 365 days',
      resource: { metadata, rotation: { enabled: true, periodInDays: null } },
    },
    {
      name: 'the primary of a multi-Region key',
      resource: { metadata: { ...metadata, multiRegionKeyType: 'PRIMARY' }, rotation: yearly },
    },
    {
      name: 'longer period that is accepted',
      resource: { metadata, rotation: { enabled: true, periodInDays: 366 } },
      params: { maxPeriodDays: 366 },
    },
  ],
  fail: [
    {
      name: 'rotation is off',
      resource: { metadata, rotation: { enabled: false, periodInDays: null } },
      message: 'rotation is off',
    },
    {
      name: 'one day too long',
      resource: { metadata, rotation: { enabled: true, periodInDays: 366 } },
      message: '366 days',
    },
  ],
  skip: [
    { name: 'AWS managed key', resource: { metadata: { ...metadata, manager: 'AWS' }, rotation: null } },
    {
      name: 'pending deletion',
      resource: { metadata: { ...metadata, state: 'PendingDeletion' }, rotation: null },
      message: 'PendingDeletion',
    },
    {
      name: 'replica: rotation belongs to the primary',
      resource: { metadata: { ...metadata, multiRegionKeyType: 'REPLICA' }, rotation: null },
    },
    { name: 'asymmetric', resource: { metadata: { ...metadata, spec: 'RSA_2048' }, rotation: null } },
    { name: 'HMAC', resource: { metadata: { ...metadata, spec: 'HMAC_256' }, rotation: null } },
    { name: 'imported material', resource: { metadata: { ...metadata, origin: 'EXTERNAL' }, rotation: null } },
    { name: 'custom key store', resource: { metadata: { ...metadata, origin: 'AWS_CLOUDHSM' }, rotation: null } },
  ],
});
