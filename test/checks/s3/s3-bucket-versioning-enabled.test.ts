import { expect, it } from 'vitest';
import versioningEnabled from '../../../checks/s3/s3-bucket-versioning-enabled.ts';
import type { Gap } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { cases } from '../../support/cases.ts';

const status = (value: 'Enabled' | 'Suspended' | null) => ({ versioning: { status: value, mfaDelete: null } });
const never = { ...status(null), tags: {} };
const trail = (s3BucketName: string) => ({
  owner: '111122223333',
  description: {
    s3BucketName,
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    logFileValidationEnabled: true,
    kmsKeyId: null,
  },
});

cases(versioningEnabled, {
  pass: [
    { name: 'enabled', resource: { ...status('Enabled'), tags: {} }, evidence: status('Enabled') },
    { name: 'enabled, though it needs none', resource: { ...status('Enabled'), tags: { Purpose: 'cache' } } },
  ],
  fail: [
    { name: 'never enabled', resource: never, message: /^versioning was never enabled$/, evidence: status(null) },
    {
      name: 'suspended keeps old versions and makes no new ones',
      resource: { ...status('Suspended'), tags: {} },
      message: /^versioning is Suspended$/,
    },
    {
      name: 'other tags',
      resource: { ...status(null), tags: { Purpose: 'data', Criticality: 'low', Other: 'cache' } },
      message: /^versioning was never enabled$/,
    },
    {
      name: 'critical by its tags',
      resource: { ...status(null), tags: { Criticality: 'critical' } },
      severity: 'medium',
      message: 'critical',
    },
    { name: 'high by its tags', resource: { ...status(null), tags: { Criticality: 'high' } }, severity: 'medium' },
    {
      name: "Terraform's state",
      resource: { ...never, id: 'acme-tfstate-prod' },
      severity: 'medium',
      message: 'state',
    },
    {
      name: "CloudFormation's templates",
      resource: { ...never, id: 'cf-templates-1abc-eu-west-1' },
      severity: 'medium',
    },
    {
      name: "the CDK's assets",
      resource: { ...never, id: 'cdk-hnb659fds-assets-111122223333-eu-west-1' },
      severity: 'medium',
    },
    {
      name: 'logs of a bucket',
      resource: { ...never, id: 'logs' },
      with: { buckets: [{ id: 'data', logging: 'logs' }] },
      severity: 'medium',
      message: 'receives logs',
    },
    {
      name: 'logs of a trail',
      resource: { ...never, id: 'logs' },
      with: { trails: [trail('logs')] },
      severity: 'medium',
    },
    {
      name: 'no logs of others',
      resource: { ...never, id: 'data' },
      with: {
        buckets: [
          { id: 'data', logging: 'data' },
          { id: 'other', logging: null },
        ],
        trails: [trail('logs')],
      },
      message: /^versioning was never enabled$/,
    },
  ],
  skip: [
    { name: 'scratch', resource: { ...status(null), tags: { Purpose: 'scratch' } }, message: 'no versions' },
    { name: 'a cache', resource: { ...status('Suspended'), tags: { Purpose: 'cache' } } },
    {
      name: 'tags of our own',
      resource: { ...status(null), tags: { Purpose: 'tmp' } },
      params: { scratchTags: { Purpose: ['tmp'] } },
    },
  ],
});

it('fails whether or not the bucket is known to receive logs: that moves the severity alone', () => {
  const gap: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };
  const context = { params: versioningEnabled.params, buckets: table([], gap), trails: table([], gap) };
  const verdict = versioningEnabled.evaluate({ ...never, id: 'data' } as never, context as never);
  expect(verdict).toEqual({ status: 'FAIL', message: 'versioning was never enabled', evidence: status(null) });
});
