import logBucket from '../../../checks/cloudtrail/cloudtrail-log-bucket-not-public.ts';
import { ON, OPEN_ACCESS_POINT, OPEN_ACL, OPEN_POLICY, PRIVATE, SHUT_BY_ACCOUNT } from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';
import { INHERITED, TRAIL } from './_trail.ts';

const { status: _, ...trail } = TRAIL;
const at = (bucket: typeof PRIVATE) => ({ buckets: [{ ...bucket, id: 'logs', arn: 'arn:aws:s3:::logs' }] });
const authenticated = {
  kind: 'known',
  grants: [{ grantee: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers', permission: 'READ' }],
} as const;

cases(logBucket, {
  pass: [
    { name: 'private', resource: trail, with: at(PRIVATE), message: /^bucket logs is not public$/ },
    {
      name: 'the account blocks all',
      resource: trail,
      with: at(SHUT_BY_ACCOUNT),
      message: /^bucket logs is not public$/,
    },
    {
      name: 'only Block Public Access keeps it shut',
      resource: trail,
      with: at({ ...OPEN_POLICY, acl: OPEN_ACL.acl, publicAccessBlock: { kind: 'known', ...ON } }),
      message: 'only Block Public Access keeps bucket logs from being public through bucket policy, ACL',
    },
    {
      name: "the organization's trail, seen from the log archive account",
      resource: { ...trail, ...INHERITED },
      with: at(PRIVATE),
    },
    {
      name: 'other buckets play no part',
      resource: trail,
      with: { buckets: [...at(PRIVATE).buckets, { ...OPEN_ACL, id: 'website' }] },
    },
  ],
  fail: [
    {
      name: 'by policy',
      resource: trail,
      with: at(OPEN_POLICY),
      message: 'bucket logs is public through bucket policy',
    },
    { name: 'by ACL', resource: trail, with: at(OPEN_ACL), message: 'through ACL' },
    {
      name: 'by an ACL for any AWS account',
      resource: trail,
      with: at({ ...PRIVATE, acl: authenticated }),
      message: 'through ACL',
    },
    { name: 'by an access point', resource: trail, with: at(OPEN_ACCESS_POINT), message: 'through access point' },
    {
      name: "the organization's trail, seen from the log archive account",
      resource: { ...trail, ...INHERITED },
      with: at(OPEN_ACL),
      evidence: {
        ways: ['ACL'],
        publicStatements: [],
        denyStatements: [],
        grants: ['READ to http://acs.amazonaws.com/groups/global/AllUsers'],
        accessPoints: [],
        multiRegionAccessPoints: [],
      },
    },
  ],
  skip: [
    {
      name: "the organization's trail, seen from a member",
      resource: { ...trail, ...INHERITED },
      message: 'account 444455556666',
    },
  ],
  unknown: [
    {
      name: 'the bucket is in another account',
      resource: trail,
      with: { buckets: [{ ...PRIVATE, id: 'data' }] },
      message: 'in another account',
    },
  ],
});
