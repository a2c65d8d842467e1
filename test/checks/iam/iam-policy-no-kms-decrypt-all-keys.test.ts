import noDecryptAll from '../../../checks/iam/iam-policy-no-kms-decrypt-all-keys.ts';
import { cases } from '../../support/cases.ts';
import { allow, deny, documentOf, managed, OTHER, OWN, roleOf } from './_principals.ts';

const policy = (...statements: object[]) => managed([documentOf('own', ...statements)]);
const key = (id: string, region = 'eu-west-1', account = OWN) => `arn:aws:kms:${region}:${account}:key/${id}`;
const decrypt = (Condition: object) => policy(allow('kms:Decrypt', '*', { Condition }));
const found = (...grants: string[]) => ({ grants: [{ policy: 'own', statement: '#1', grants }] });

cases(noDecryptAll, {
  pass: [
    { name: 'a named key', resource: policy(allow('kms:*', key('1234abcd-12ab-34cd-56ef-1234567890ab'))) },
    { name: 'multi-Region keys by prefix', resource: policy(allow('kms:Decrypt', key('mrk-*'))) },
    { name: 'an alias, which authorises nothing', resource: policy(allow('kms:Decrypt', 'arn:aws:kms:*:*:alias/*')) },
    { name: 'keys of another account', resource: policy(allow('kms:Decrypt', key('*', '*', OTHER))) },
    { name: 'other actions', resource: policy(allow(['kms:Encrypt', 'kms:ReEncryptTo', 'kms:Describe*'])) },
    { name: 'by a service', resource: decrypt({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }) },
    { name: 'by an alias', resource: decrypt({ 'ForAnyValue:StringLike': { 'kms:ResourceAliases': 'alias/app-*' } }) },
    { name: 'by a context', resource: decrypt({ StringEquals: { 'kms:EncryptionContext:app': 'orders' } }) },
    { name: 'by a tag', resource: decrypt({ StringEquals: { 'aws:ResourceTag/team': 'orders' } }) },
    {
      name: 'by an alias, where a service is no limit',
      resource: decrypt({ 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': 'alias/app' } }),
      params: { acceptViaService: false },
    },
    { name: 'denied', resource: policy(allow('kms:Decrypt'), deny('kms:Decrypt')) },
    { name: 'full admin, which is another finding', message: 'but for full admin', resource: policy(allow('*')) },
    { name: 'unattached', resource: managed([documentOf('own', allow('kms:*'))], 0), message: 'unattached' },
  ],
  fail: [
    {
      name: 'every key',
      resource: policy(allow('kms:Decrypt')),
      severity: undefined,
      message: 'kms:Decrypt with every key',
      evidence: found('kms:Decrypt'),
    },
    {
      name: 'by wildcards',
      resource: policy(allow(['kms:De*', 'KMS:Re*'])),
      evidence: found('kms:Decrypt', 'kms:ReEncryptFrom'),
    },
    { name: 'by all actions', resource: policy(allow('kms:*')) },
    { name: 'by re-encryption', resource: policy(allow('kms:ReEncrypt*')), evidence: found('kms:ReEncryptFrom') },
    { name: 'every key, as ARN', resource: policy(allow('kms:Decrypt', 'arn:aws:kms:*:*:key/*')) },
    { name: 'every key of a region', resource: policy(allow('kms:Decrypt', [key('1'), key('*')])) },
    {
      name: 'every key in China',
      resource: {
        ...policy(allow('kms:Decrypt', `arn:aws-cn:kms:cn-north-1:${OWN}:key/*`)),
        arn: `arn:aws-cn:iam::${OWN}:policy/own`,
      },
    },
    {
      name: 'by a service, where that is no limit',
      resource: decrypt({ StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
      params: { acceptViaService: false },
    },
    { name: 'by any service', resource: decrypt({ StringLike: { 'kms:ViaService': '*' } }) },
    {
      name: 'not by a service',
      resource: decrypt({ StringNotEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
    },
    {
      name: 'by a service, if there is one',
      resource: decrypt({ StringEqualsIfExists: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } }),
    },
    {
      name: 'with a condition on something else',
      resource: decrypt({ Bool: { 'aws:MultiFactorAuthPresent': 'true' } }),
    },
    {
      name: 'the second of two documents',
      resource: roleOf({
        documents: [documentOf('a', allow('s3:*')), documentOf('own', allow('kms:*', '*', { Sid: 'Keys' }))],
      }),
      evidence: { grants: [{ policy: 'own', statement: 'Keys', grants: ['kms:Decrypt', 'kms:ReEncryptFrom'] }] },
    },
    { name: 'beside full admin', resource: policy(allow('kms:Decrypt'), allow('*')), evidence: found('kms:Decrypt') },
    {
      name: 'unattached, where that counts',
      resource: managed([documentOf('own', allow('kms:*'))], 0),
      params: { includeUnattached: true },
    },
  ],
  skip: [
    { name: 'a boundary', resource: managed([documentOf('own', allow('kms:*'))], 0, 1) },
    { name: 'no inline policies', resource: roleOf() },
  ],
});
