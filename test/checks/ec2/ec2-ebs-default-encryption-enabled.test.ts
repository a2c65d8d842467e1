import { expect, it } from 'vitest';
import byDefault from '../../../checks/ec2/ec2-ebs-default-encryption-enabled.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';

const volumes = [{ state: 'in-use' as const, created: '2025-01-01T00:00:00.000Z', encrypted: true, kmsKey: null }];

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

it('keeps its severity where the volumes were not read', () => {
  const denied = { reason: 'denied', operation: 'ec2:DescribeVolumes', detail: 'access denied' } as const;
  const identity = { type: 'AWS::EC2::AccountSettings', id: 'eu-west-1', arn: 'arn', account: '111122223333' } as const;
  const resource = { ...identity, region: 'eu-west-1', ebsEncryptionByDefault: false };
  const context = { now: NOW, params: {}, variant: '', volumes: table<never>([], denied) };
  expect(byDefault.evaluate(resource, context)).toEqual({
    status: 'FAIL',
    message: 'encryption by default is off',
    evidence: { ebsEncryptionByDefault: false },
  });
});
