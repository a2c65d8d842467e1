import accessPointBlock from '../../../checks/s3/s3-access-point-public-access-block.ts';
import { OFF, ON } from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const internet = { bucket: 'b', networkOrigin: 'Internet', accountPublicAccessBlock: OFF } as const;
const block = (difference: object = {}) => ({ publicAccessBlock: { kind: 'known', ...ON, ...difference } }) as const;

cases(accessPointBlock, {
  pass: [
    { name: 'its own block is whole', resource: { ...internet, ...block() }, message: 'all four settings' },
    {
      name: 'the account blocks everything',
      resource: {
        ...internet,
        accountPublicAccessBlock: ON,
        publicAccessBlock: { kind: 'not-asked', because: 'account-block' },
      },
    },
    {
      name: 'the account adds what is off',
      resource: {
        ...internet,
        accountPublicAccessBlock: { ...OFF, blockPublicPolicy: true },
        ...block({ blockPublicPolicy: false }),
      },
    },
    {
      // A VPC origin cannot be public, whatever the settings say.
      name: 'only a VPC reaches it',
      resource: { ...internet, networkOrigin: 'VPC', publicAccessBlock: { kind: 'not-asked', because: 'vpc-origin' } },
      message: 'VPC',
    },
    {
      name: 'only a VPC reaches it, and its block is off',
      resource: { ...internet, networkOrigin: 'VPC', ...block(OFF) },
    },
  ],
  fail: [
    {
      name: 'nothing is on',
      resource: { ...internet, ...block(OFF) },
      message: /: blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets$/,
      evidence: { publicAccessBlock: { kind: 'known', ...OFF }, accountPublicAccessBlock: OFF },
    },
    {
      name: 'BlockPublicAcls is off',
      resource: { ...internet, ...block({ blockPublicAcls: false }) },
      message: /: blockPublicAcls$/,
    },
    {
      name: 'IgnorePublicAcls is off',
      resource: { ...internet, ...block({ ignorePublicAcls: false }) },
      message: /: ignorePublicAcls$/,
    },
    { name: 'BlockPublicPolicy is off', resource: { ...internet, ...block({ blockPublicPolicy: false }) } },
    { name: 'RestrictPublicBuckets is off', resource: { ...internet, ...block({ restrictPublicBuckets: false }) } },
    {
      name: 'a multi-Region one, which always faces the internet',
      resource: {
        networkOrigin: 'Internet',
        accountPublicAccessBlock: OFF,
        ...block({ restrictPublicBuckets: false }),
      },
    },
  ],
});
