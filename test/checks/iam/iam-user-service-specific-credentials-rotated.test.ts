import rotated from '../../../checks/iam/iam-user-service-specific-credentials-rotated.ts';
import { cases } from '../../support/cases.ts';
import { daysAgo, USER } from './_fixtures.ts';

const credential = (service: string, created: string, expires: string | null = null, status = 'Active' as const) => ({
  id: 'ACCA1',
  service: `${service}.amazonaws.com`,
  status,
  created,
  expires,
});
const user = (...serviceCredentials: ReturnType<typeof credential>[]) => ({ ...USER, serviceCredentials });
const SOON = daysAgo(-10);
const old = credential('codecommit', daysAgo(90, 1));
const endless = credential('bedrock', daysAgo(1));

cases(rotated, {
  pass: [
    {
      name: 'exactly 90 days old, for a service whose credentials cannot expire',
      resource: user(credential('codecommit', daysAgo(90))),
      evidence: { active: 1 },
    },
    { name: 'an API key that expires', resource: user(credential('bedrock', daysAgo(90), SOON)) },
    {
      name: 'old or endless, and inactive or expired',
      resource: user(
        credential('bedrock', daysAgo(400), null, 'Inactive' as never),
        credential('logs', daysAgo(400), daysAgo(1), 'Expired' as never),
      ),
      evidence: { active: 0 },
    },
    {
      name: '100 days old, 180 are accepted',
      resource: user(credential('cassandra', daysAgo(100))),
      params: { maxAgeDays: 180 },
    },
    { name: 'endless, for a service that need not expire', resource: user(endless), params: { expiringServices: [] } },
  ],
  fail: [
    {
      name: '90 days and a second old',
      resource: user(old, credential('codecommit', daysAgo(1))),
      message: '1 too old, 0 without expiry',
      evidence: { credentials: [old] },
    },
    {
      name: 'a key for Amazon Bedrock that never expires',
      resource: user(endless),
      message: '0 too old, 1 without expiry',
      evidence: { credentials: [endless] },
    },
    { name: 'a key for CloudWatch Logs that never expires', resource: user(credential('logs', daysAgo(1))) },
    {
      name: 'an API key that is old, and expires at some time',
      resource: user(credential('bedrock', daysAgo(91), SOON)),
    },
    {
      name: 'old and endless: one credential',
      resource: user(credential('bedrock', daysAgo(91))),
      evidence: { credentials: [credential('bedrock', daysAgo(91))] },
    },
  ],
  skip: [{ name: 'none', resource: user() }],
});
