import publicAccessBlock from '../../../checks/s3/s3-account-public-access-block.ts';
import { OFF, ON } from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const without = (setting: keyof typeof ON) => ({ s3PublicAccessBlock: { ...ON, [setting]: false } });

cases(publicAccessBlock, {
  pass: [
    {
      name: 'all four settings',
      resource: { s3PublicAccessBlock: ON },
      message: 'all four settings are on',
      evidence: { s3PublicAccessBlock: ON },
    },
    {
      name: 'what is off may be off, and is named',
      resource: without('blockPublicPolicy'),
      params: { allowPartial: ['BlockPublicPolicy'] },
      message: 'what may be off: blockPublicPolicy',
    },
  ],
  fail: [
    // NoSuchPublicAccessBlockConfiguration is collected as four times off.
    { name: 'no configuration', resource: { s3PublicAccessBlock: OFF }, evidence: { s3PublicAccessBlock: OFF } },
    { name: 'new ACLs', resource: without('blockPublicAcls'), message: 'off: blockPublicAcls' },
    { name: 'old ACLs', resource: without('ignorePublicAcls'), message: 'off: ignorePublicAcls' },
    { name: 'new policies', resource: without('blockPublicPolicy'), message: 'off: blockPublicPolicy' },
    { name: 'old policies', resource: without('restrictPublicBuckets'), message: 'off: restrictPublicBuckets' },
    {
      name: 'safe today, as existing grants are neutralised, but new ones can be made',
      resource: { s3PublicAccessBlock: { ...OFF, ignorePublicAcls: true, restrictPublicBuckets: true } },
      message: 'off: blockPublicAcls, blockPublicPolicy',
    },
    {
      name: 'another setting than the one that may be off',
      resource: { s3PublicAccessBlock: { ...ON, blockPublicPolicy: false, ignorePublicAcls: false } },
      params: { allowPartial: ['blockPublicPolicy'] },
      message: /^off: ignorePublicAcls$/,
    },
  ],
});
