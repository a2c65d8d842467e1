import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-user-service-specific-credentials-rotated',
  title: 'API keys and passwords for single services expire or are replaced within 90 days',
  severity: 'medium',
  why: 'Keys for Amazon Bedrock, Git or databases stand in no credential report, and work until somebody remembers them.',
  fix: 'aws iam delete-service-specific-credential --user-name <user> --service-specific-credential-id <credential-id>',
  resource: 'AWS::IAM::User',
  needs: ['serviceCredentials'],
  params: {
    maxAgeDays: 90,
    expiringServices: ['bedrock.amazonaws.com', 'logs.amazonaws.com'] as readonly string[],
  },
  evaluate({ serviceCredentials }, { now, params }) {
    if (serviceCredentials.length === 0) return skip('no service-specific credentials');
    const active = serviceCredentials.filter(({ status }) => status === 'Active');
    const old = active.filter(({ created }) => ageInDays(created, now) > params.maxAgeDays);
    const endless = active.filter((one) => one.expires === null && params.expiringServices.includes(one.service));
    const credentials = active.filter((one) => old.includes(one) || endless.includes(one));
    if (credentials.length === 0) return pass('none that is old or never expires', { active: active.length });
    return fail(`${old.length} too old, ${endless.length} without expiry`, { credentials });
  },
});
