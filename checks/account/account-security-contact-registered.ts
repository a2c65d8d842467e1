import { check, fail, pass } from '../../lib/core/check.ts';

export default check({
  id: 'account-security-contact-registered',
  title: 'A security contact is registered with AWS',
  severity: 'medium',
  why: 'When AWS sees an account abused, it writes to whoever reads the mail of the root user, perhaps nobody.',
  fix: 'aws account put-alternate-contact --alternate-contact-type SECURITY --name <name> --title Security --email-address <mailbox> --phone-number <phone>',
  resource: 'AWS::::Account',
  needs: ['securityContact'],
  params: { requireDistinct: false, allowedEmailDomains: [] as readonly string[] },
  evaluate({ securityContact }, { params }) {
    if (!securityContact) return fail('no security contact is registered', { securityContact });
    const { emailDomain, sameEmailAs } = securityContact;
    if (emailDomain === null) return fail('the security contact has no e-mail address', { emailDomain });
    const allowed = params.allowedEmailDomains.map((domain) => domain.toLowerCase());
    if (allowed.length > 0 && !allowed.includes(emailDomain))
      return fail(`the address of the security contact is in ${emailDomain}`, { emailDomain });
    if (params.requireDistinct && sameEmailAs.length > 0)
      return fail('the security contact has the address of another contact', { sameEmailAs });
    return pass('a security contact is registered', { emailDomain });
  },
});
