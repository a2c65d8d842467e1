import { check, fail, pass, rated, skip, table } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import { ATTACHED, heldBy, mayWrite } from './_admin.ts';
import { deadValues, openingOf, SHARED_ISSUERS, webTrusts, worstOf } from './_oidc.ts';

export default check({
  id: 'iam-role-oidc-trust-restricted',
  title: 'Roles for web identities say of which tenant and repository',
  severity: 'critical',
  why: 'Anybody with an account at the same provider can have a token that opens this role.',
  fix: 'aws iam update-assume-role-policy --role-name <role> --policy-document file://<trust-policy-with-subject>.json',
  resource: 'AWS::IAM::Role',
  uses: { providers: table('AWS::IAM::OIDCProvider'), ...ATTACHED },
  params: { sharedIssuers: SHARED_ISSUERS, allowOrganizationWide: false, requireRef: false },
  evaluate(role, { params, providers, ...tables }) {
    const trusts = webTrusts(role.trust);
    if (trusts.length === 0) return skip('no web identities');
    const left = trusts.flatMap((trust) => openingOf(trust, params) ?? []);
    const dead = trusts.flatMap(deadValues);
    const note = dead.length > 0 ? `, and ${dead.join(', ')} never matches under StringEquals` : '';
    const open = witnesses(left, (one) => !one.isAboutWriting || mayWrite(heldBy(role, tables)));
    if (open.length === 0) return pass(`tenant and repository are pinned${note}`);
    const live = witnesses(open, ({ provider }) => provider === null || providers.get(provider) !== undefined);
    if (live.length === 0) return pass('inert trust: the account does not know the provider any more');
    const openings = live.map(({ opening }) => opening);
    const worst = worstOf(openings);
    return rated(worst.severity, worst.issuer, fail(`open to ${worst.reason}`, { openings }));
  },
});
