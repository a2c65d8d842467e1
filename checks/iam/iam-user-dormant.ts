import { check, fail, pass, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { lastSignOf } from './_life.ts';

export default check({
  id: 'iam-user-dormant',
  title: 'IAM users are in use, or removed',
  severity: 'low',
  why: 'A user whom nobody needs keeps its permissions, and waits for whoever gives it a new key.',
  fix: 'aws iam delete-user --user-name <user>',
  resource: 'AWS::IAM::User',
  needs: ['credentials', 'keys', 'serviceCredentials', 'otherKeys'],
  params: { maxDormantDays: 90 },
  evaluate(user, { now, params }) {
    if (ageInDays(user.created, now) <= params.maxDormantDays) return pass(`created at ${user.created}`);
    const last = lastSignOf(user);
    if (last === undefined) return unknown('an active credential has neither a use nor a creation on record');
    const { reportTime } = user.credentials;
    if (last !== null && ageInDays(last, now) <= params.maxDormantDays)
      return pass(`last sign of life at ${last}`, { last, reportTime });
    const works = user.serviceCredentials.filter(({ status }) => status === 'Active').length;
    if (works > 0) return pass('a service-specific credential works', { serviceCredentials: works });
    if (user.otherKeys === null) return unknown('SSH keys are looked at only after 44 days without a sign of life');
    const { sshPublicKeys, signingCertificates } = user.otherKeys;
    const evidence = { last, reportTime, sshPublicKeys, signingCertificates };
    if (sshPublicKeys + signingCertificates > 0) return pass('an SSH key or signing certificate works', evidence);
    return fail(last ? `last sign of life at ${last}` : 'no credential that works', evidence);
  },
});
