import byDefault from '../../../checks/ec2/ec2-ebs-default-encryption-enabled.ts';
import { cases } from '../../support/cases.ts';

const volumes = [{ state: 'in-use' as const, encrypted: true, kmsKey: null }];

cases(byDefault, {
  pass: [
    { name: 'on', resource: { ebsEncryptionByDefault: true }, evidence: { ebsEncryptionByDefault: true } },
    { name: 'on in a region with volumes', resource: { ebsEncryptionByDefault: true }, with: { volumes } },
  ],
  fail: [
    {
      name: 'off',
      resource: { ebsEncryptionByDefault: false },
      with: { volumes },
      severity: undefined,
      evidence: { ebsEncryptionByDefault: false },
    },
    {
      name: 'off in a region without volumes',
      resource: { ebsEncryptionByDefault: false },
      severity: 'low',
      message: 'no volumes',
    },
  ],
});
