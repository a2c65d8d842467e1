import encryption from '../../../checks/s3/s3-bucket-encryption.ts';
import { cases } from '../../support/cases.ts';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/k1';
const by = (algorithm: string, keyId: string | null = null, blockedTypes: ('NONE' | 'SSE-C')[] | null = null) => ({
  encryption: { algorithm: algorithm as 'AES256', keyId, blockedTypes },
});
const tags = {};
const keys = (manager: 'AWS' | 'CUSTOMER') => {
  const metadata = {
    manager,
    state: 'Enabled',
    spec: 'SYMMETRIC_DEFAULT',
    origin: 'AWS_KMS',
    deletionDate: null,
    multiRegionKeyType: null,
  } as const;
  return { keys: [{ id: 'k1', arn: KEY, metadata }] };
};
const confidential = { DataClass: 'confidential' };

cases(encryption, {
  pass: [
    { name: 'AES256, the default since January 2023', resource: { ...by('AES256'), tags }, message: 'AES256' },
    {
      name: 'AES256 with other tags',
      resource: { ...by('AES256'), tags: { DataClass: 'public', Team: 'confidential' } },
    },
    { name: 'the AWS managed key', resource: { ...by('aws:kms'), tags: confidential } },
    { name: 'a key, where KMS is required', resource: { ...by('aws:kms', KEY), tags }, params: { requireKms: true } },
    { name: 'two layers', resource: { ...by('aws:kms:dsse'), tags }, params: { requireKms: true } },
    { name: 'a bucket of FSx', resource: { ...by('aws:fsx'), tags }, params: { requireKms: true } },
    { name: 'a bucket of AWS Backup', resource: { ...by('aws:backup'), tags: confidential } },
    {
      name: 'a key by ARN',
      resource: { ...by('aws:kms', KEY), tags },
      with: keys('CUSTOMER'),
      params: { requireCustomerKey: true },
    },
    {
      name: 'a key by id',
      resource: { ...by('aws:kms', 'k1'), tags },
      with: keys('CUSTOMER'),
      params: { requireCustomerKey: true },
    },
    {
      name: "another account's key, which can only be a customer managed one",
      resource: { ...by('aws:kms', 'arn:aws:kms:eu-west-1:444455556666:key/k1'), tags },
      with: keys('AWS'),
      params: { requireCustomerKey: true },
    },
    {
      name: 'the AWS managed key by ARN, where none of the customer is required',
      resource: { ...by('aws:kms', KEY), tags },
      with: keys('AWS'),
    },
    {
      name: 'a key by alias',
      resource: { ...by('aws:kms', 'alias/data'), tags },
      params: { requireCustomerKey: true },
    },
    {
      name: 'an alias that only ends like the AWS managed one',
      resource: { ...by('aws:kms', 'my-alias/aws/s3'), tags },
      params: { requireCustomerKey: true },
    },
    {
      name: 'SSE-C is refused',
      resource: { ...by('AES256', null, ['SSE-C']), tags },
      params: { requireSsecBlocked: true },
    },
    { name: 'SSE-C is allowed, which is not asked about', resource: { ...by('AES256', null, ['NONE']), tags } },
  ],
  fail: [
    {
      name: 'ServerSideEncryptionConfigurationNotFoundError',
      resource: { encryption: null, tags },
      message: 'no default',
    },
    {
      name: 'AES256, where KMS is required',
      resource: { ...by('AES256'), tags },
      params: { requireKms: true },
      message: 'KMS key is required',
      evidence: by('AES256'),
    },
    {
      name: 'AES256 with a tag that needs KMS',
      resource: { ...by('AES256'), tags: confidential },
      message: 'KMS key is required',
    },
    {
      name: 'the AWS managed key, where a customer key is required',
      resource: { ...by('aws:kms'), tags },
      params: { requireCustomerKey: true },
      message: 'no customer managed key',
    },
    {
      name: 'the AWS managed key by ARN',
      resource: { ...by('aws:kms', KEY), tags },
      with: keys('AWS'),
      params: { requireCustomerKey: true },
      message: 'no customer managed key',
    },
    {
      name: 'the AWS managed key by id',
      resource: { ...by('aws:kms', 'k1'), tags },
      with: keys('AWS'),
      params: { requireCustomerKey: true },
    },
    {
      name: 'an alias of another service of AWS',
      resource: { ...by('aws:kms', 'alias/aws/ebs'), tags },
      params: { requireCustomerKey: true },
    },
    { name: 'an empty key id', resource: { ...by('aws:kms', ''), tags }, params: { requireCustomerKey: true } },
    { name: 'its alias', resource: { ...by('aws:kms', 'alias/aws/s3'), tags }, params: { requireCustomerKey: true } },
    {
      name: 'its alias by ARN',
      resource: { ...by('aws:kms', 'arn:aws:kms:eu-west-1:111122223333:alias/aws/s3'), tags },
      params: { requireCustomerKey: true },
    },
    {
      name: 'AES256, where a customer key is required',
      resource: { ...by('AES256'), tags },
      params: { requireCustomerKey: true },
      message: 'no customer managed key',
    },
    {
      name: 'SSE-C is accepted',
      resource: { ...by('aws:kms', null, ['NONE']), tags },
      params: { requireSsecBlocked: true },
      severity: 'low',
      message: 'SSE-C',
    },
  ],
  unknown: [
    { name: 'an algorithm that S3 did not have', resource: { ...by('aws:quantum'), tags }, message: 'aws:quantum' },
    {
      // Since April 2026 S3 blocks SSE-C for new buckets and for most old ones: silence means neither.
      name: 'S3 does not say whether SSE-C is accepted',
      resource: { ...by('aws:kms'), tags },
      params: { requireSsecBlocked: true },
      message: 'does not say',
    },
  ],
});
