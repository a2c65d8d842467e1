import { check, fail, pass } from '../../lib/core/check.ts';
import { BLOCK_SETTINGS } from '../../lib/policy/public-bucket.ts';

export default check({
  id: 's3-account-public-access-block',
  title: 'The account blocks public access to all of its buckets',
  severity: 'high',
  why: 'Without it, one careless policy or ACL on any bucket, old or new, opens that bucket to the internet.',
  fix: 'aws s3control put-public-access-block --account-id <account-id> --public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true',
  resource: 'AWS::::Account',
  needs: ['s3PublicAccessBlock'],
  /** Settings that may be off, by their names in the API: 'BlockPublicPolicy'. */
  params: { allowPartial: [] as readonly string[] },
  evaluate({ s3PublicAccessBlock }, { params }) {
    const off = BLOCK_SETTINGS.filter((setting) => !s3PublicAccessBlock[setting]);
    const accepted = params.allowPartial.map((name) => name.toLowerCase());
    const missing = off.filter((setting) => !accepted.includes(setting.toLowerCase()));
    if (missing.length > 0) return fail(`off: ${missing.join(', ')}`, { s3PublicAccessBlock });
    if (off.length > 0) return pass(`all is blocked but what may be off: ${off.join(', ')}`, { s3PublicAccessBlock });
    return pass('all four settings are on', { s3PublicAccessBlock });
  },
});
