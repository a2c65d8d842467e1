import tlsOnly from '../../../checks/s3/s3-bucket-tls-only.ts';
import { cases } from '../../support/cases.ts';

const arn = 'arn:aws:s3:::bucket';
const objects = `${arn}/*`;
const plainHttp = { Bool: { 'aws:SecureTransport': 'false' } };
const deny = { Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [arn, objects], Condition: plainHttp };
const oldTls = { ...deny, Sid: 'OldTls', Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } };
const oldTls11 = { ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.1 } } };
const bucket = (...Statement: object[]) => ({ arn, policy: JSON.stringify({ Version: '2012-10-17', Statement }) });
const denying = (difference: object) => bucket({ ...deny, ...difference });

cases(tlsOnly, {
  pass: [
    { name: 'denied to everyone', resource: bucket({ ...deny, Sid: 'Tls' }), evidence: { statements: ['Tls'] } },
    {
      name: 'a boolean, a list, another letter case',
      resource: denying({ Condition: { bool: { 'AWS:securetransport': [false] } } }),
    },
    { name: 'BoolIfExists', resource: denying({ Condition: { BoolIfExists: { 'aws:SecureTransport': false } } }) },
    { name: 'Principal as a map, any action', resource: denying({ Principal: { AWS: '*' }, Action: '*' }) },
    { name: 'one wildcard over bucket and objects', resource: denying({ Resource: `${arn}*` }) },
    {
      name: 'two statements between them',
      resource: bucket({ ...deny, Resource: arn }, { ...deny, Resource: objects }),
    },
    { name: 'a policy of the organization does it', resource: { arn, policy: null }, params: { rcpEnforced: true } },
    { name: 'TLS 1.2 at least', resource: bucket(deny, oldTls), params: { requireTls12: true } },
    {
      name: 'TLS 1.2 at least, plain HTTP by the organization',
      resource: bucket(oldTls),
      params: { requireTls12: true, rcpEnforced: true },
    },
  ],
  fail: [
    { name: 'no policy', resource: { arn, policy: null }, message: 'no bucket policy' },
    {
      name: 'nothing denies it',
      resource: bucket({ ...deny, Effect: 'Allow' }),
      message: 'not denied',
      evidence: { statements: [], open: [arn, objects] },
    },
    { name: 'only reads are denied', resource: denying({ Action: 's3:GetObject*' }) },
    { name: 'only one account is denied', resource: denying({ Principal: { AWS: '111122223333' } }) },
    {
      name: 'objects are open',
      resource: denying({ Resource: arn }),
      evidence: { statements: ['#1'], open: [objects] },
    },
    { name: 'the bucket itself is open', resource: denying({ Resource: objects }) },
    {
      name: 'another bucket is meant',
      resource: denying({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] }),
    },
    {
      name: 'a further condition narrows the Deny',
      resource: denying({ Condition: { ...plainHttp, IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    },
    { name: 'a minimum version alone lets plain HTTP through: there the key is absent', resource: bucket(oldTls) },
    { name: 'old TLS is not denied', resource: bucket(deny), params: { requireTls12: true }, message: 'TLS 1.0' },
    {
      name: 'TLS 1.1 is not denied',
      resource: bucket(deny, oldTls11),
      params: { requireTls12: true },
      message: 'TLS 1.1',
    },
    {
      name: 'no policy for the version',
      resource: { arn, policy: null },
      params: { requireTls12: true, rcpEnforced: true },
      message: 'no bucket policy',
    },
  ],
  unknown: [{ name: 'a text that is not a policy', resource: { arn, policy: '{"Statement":{}}' } }],
});
