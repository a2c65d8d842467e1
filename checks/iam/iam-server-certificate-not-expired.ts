import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'iam-server-certificate-not-expired',
  title: 'No TLS certificate in IAM has expired or is about to',
  severity: 'high',
  why: 'Clients refuse the service behind it, or their owners teach them to ignore certificates.',
  fix: 'aws iam delete-server-certificate --server-certificate-name <certificate>',
  resource: 'AWS::IAM::ServerCertificate',
  params: { warnDays: 30 },
  evaluate({ expires }, { now, params }) {
    const daysLeft = -ageInDays(expires, now);
    if (daysLeft <= 0) return fail(`expired at ${expires}`, { expires });
    if (daysLeft > params.warnDays) return pass(`valid until ${expires}`, { expires });
    return rated('low', 'expires soon', fail(`valid until ${expires}`, { expires }));
  },
});
