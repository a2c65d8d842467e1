import { check, fail, pass, unknown } from '../../lib/core/check.ts';

export default check({
  id: 'iam-root-signing-certificates-absent',
  title: 'The root user has no signing certificates',
  severity: 'medium',
  why: 'A forgotten X.509 certificate signs old SOAP requests as the one identity that no policy limits.',
  // Only the root user itself can do this.
  fix: 'aws iam delete-signing-certificate --certificate-id <certificate-id>',
  resource: 'AWS::::Account',
  needs: ['accountSummary', 'rootCredentials'],
  evaluate({ accountSummary, rootCredentials }) {
    const { signingCertificatesPresent } = accountSummary;
    if (signingCertificatesPresent === null)
      return unknown('the account summary does not tell of signing certificates');
    const { certificate1Active, certificate2Active, reportTime, isReportNew } = rootCredentials;
    const evidence = { signingCertificatesPresent, certificate1Active, certificate2Active, reportTime };
    if (signingCertificatesPresent > 0) return fail('the root user has a signing certificate', evidence);
    // What an older report says against the live summary is over.
    const isReported = isReportNew && (certificate1Active || certificate2Active);
    if (isReported) return fail('the credential report shows an active certificate of the root user', evidence);
    return pass('the root user has no active signing certificate', evidence);
  },
});
