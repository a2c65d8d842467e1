import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { corsProblems } from './_cors.ts';

export default check({
  id: 's3-bucket-cors-restricted',
  title: 'Only known web pages may use buckets from a browser',
  severity: 'medium',
  why: 'Any page that a user opens can spend his signed links and sessions on the bucket, in his name.',
  fix: 'aws s3api put-bucket-cors --bucket <bucket> --cors-configuration file://<cors.json>',
  resource: 'AWS::S3::Bucket',
  needs: ['cors'],
  /** Origins that may write although they are wide or plain HTTP, as the rules have them. */
  params: { allowedOrigins: [] as readonly string[] },
  evaluate({ cors }, { params }) {
    if (!cors) return pass('no page of another origin may use it');
    const { writing, reading, exposesToken } = corsProblems(cors, params.allowedOrigins);
    if (writing.length > 0) return fail(`pages of ${writing.join(', ')} may write`, { cors });
    if (exposesToken) return fail('pages of other origins may read the session token of an answer', { cors });
    if (reading.length === 0) return pass('pages of named origins may use it', { cors });
    return rated('low', 'they cannot write', fail(`pages of ${reading.join(', ')} may read`, { cors }));
  },
});
