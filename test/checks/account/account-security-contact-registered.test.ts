import securityContact from '../../../checks/account/account-security-contact-registered.ts';
import { cases } from '../../support/cases.ts';

const contact = (emailDomain: string | null, ...sameEmailAs: string[]) => ({
  securityContact: { emailDomain, sameEmailAs },
});
const registered = contact('harbour.example');
const shared = contact('harbour.example', 'BILLING');

cases(securityContact, {
  pass: [
    { name: 'registered', resource: registered, evidence: { emailDomain: 'harbour.example' } },
    { name: 'the address of another contact', resource: shared },
    { name: 'an address of its own, where it must be', resource: registered, params: { requireDistinct: true } },
    { name: 'in a domain that is allowed', resource: registered, params: { allowedEmailDomains: ['Harbour.example'] } },
  ],
  fail: [
    {
      name: 'none',
      resource: { securityContact: null },
      message: 'no security contact',
      evidence: { securityContact: null },
    },
    { name: 'without an address', resource: contact(null), evidence: { emailDomain: null } },
    {
      name: 'in a domain that is not allowed',
      resource: registered,
      params: { allowedEmailDomains: ['example.com'] },
      evidence: { emailDomain: 'harbour.example' },
    },
    {
      name: 'the address of another contact, where it must not be',
      resource: shared,
      params: { requireDistinct: true },
      evidence: { sameEmailAs: ['BILLING'] },
    },
  ],
});
