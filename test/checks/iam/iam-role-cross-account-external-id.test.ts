import externalId from '../../../checks/iam/iam-role-cross-account-external-id.ts';
import { cases } from '../../support/cases.ts';
import { inOrganization, MEMBER, ORGANIZATION, standAlone, VENDOR } from './_directory.ts';
import { OWN, roleOf, trusting, trustOf } from './_principals.ts';

const trusts = (...statements: object[]) => roleOf({ trust: trustOf(...statements) });
const vendor = (Condition?: object) => trusting({ AWS: `arn:aws:iam::${VENDOR}:root` }, Condition);
const ID = { StringEquals: { 'sts:ExternalId': 'harbour-7731' } };
const mfa = (operator: string, value: unknown) => ({ [operator]: { 'aws:MultiFactorAuthPresent': value } });
const oneOf = (organization: string) => ({ StringEquals: { 'aws:PrincipalOrgID': organization } });

cases(externalId, {
  pass: [
    { name: 'an external ID', resource: trusts(vendor(ID)), message: 'prove' },
    {
      name: 'an external ID by likeness, without wildcard',
      resource: trusts(vendor({ StringLike: { 'STS:externalid': ['a', 'b'] } })),
    },
    { name: 'MFA', resource: trusts(vendor(mfa('Bool', 'true'))) },
    { name: 'MFA as JSON boolean', resource: trusts(vendor(mfa('Bool', true))) },
    { name: 'MFA as a list', resource: trusts(vendor(mfa('Bool', ['True']))) },
    {
      name: 'a companion for tags goes without',
      resource: trusts(vendor(ID), trusting({ AWS: VENDOR }, undefined, ['sts:TagSession', 'sts:SetSourceIdentity'])),
    },
    {
      name: 'a third party with one, a member without',
      resource: trusts(vendor(ID), trusting({ AWS: MEMBER })),
      with: inOrganization,
    },
    {
      name: 'one of two with external ID, both of them known to be others',
      resource: trusts(vendor(ID), trusting({ AWS: VENDOR }, oneOf(ORGANIZATION))),
      with: inOrganization,
    },
  ],
  fail: [
    {
      name: 'no condition',
      resource: trusts(vendor()),
      with: inOrganization,
      severity: undefined,
      message: `${VENDOR} may assume`,
      evidence: { statements: [{ statement: '#1', strangers: [VENDOR], conditionKeys: [] }] },
    },
    { name: 'another account of a stand-alone account', resource: trusts(trusting({ AWS: MEMBER })), with: standAlone },
    {
      name: 'any external ID',
      resource: trusts(vendor({ StringLike: { 'sts:ExternalId': '*' } })),
      with: inOrganization,
    },
    {
      name: 'an external ID that must only be there',
      resource: trusts(vendor({ Null: { 'sts:ExternalId': 'false' } })),
      with: inOrganization,
    },
    { name: 'MFA, if it is told', resource: trusts(vendor(mfa('BoolIfExists', 'true'))), with: inOrganization },
    { name: 'no MFA', resource: trusts(vendor(mfa('Bool', 'false'))), with: inOrganization },
    { name: 'MFA or not', resource: trusts(vendor(mfa('Bool', ['true', 'false']))), with: inOrganization },
    { name: 'MFA by no value', resource: trusts(vendor(mfa('Bool', []))), with: inOrganization },
    { name: 'MFA for any value', resource: trusts(vendor(mfa('ForAnyValue:Bool', 'true'))), with: inOrganization },
    { name: 'MFA by another operator', resource: trusts(vendor(mfa('StringEquals', 'true'))), with: inOrganization },
    {
      name: 'another boolean',
      resource: trusts(vendor({ Bool: { 'aws:SecureTransport': 'true' } })),
      with: inOrganization,
    },
    {
      name: 'MFA, where that is not enough',
      resource: trusts(vendor(mfa('Bool', 'true'))),
      params: { acceptMfa: false },
      with: inOrganization,
    },
    { name: 'another organization', resource: trusts(vendor(oneOf('o-z9y8x7w6v5'))), with: inOrganization },
    {
      name: 'one statement with and one without',
      resource: trusts(vendor(ID), { ...vendor(), Sid: 'Bare' }),
      with: inOrganization,
      evidence: { statements: [{ statement: 'Bare', strangers: [VENDOR], conditionKeys: [] }] },
    },
  ],
  skip: [
    { name: 'the own account', resource: trusts(trusting({ AWS: OWN })), message: 'no third party' },
    {
      name: 'a member of the organization',
      resource: trusts(trusting({ AWS: MEMBER })),
      with: inOrganization,
      message: 'own accounts alone',
    },
    {
      name: 'an account, if it is of the own organization',
      resource: trusts(vendor(oneOf(ORGANIZATION))),
      with: inOrganization,
    },
    { name: 'an account of one’s own elsewhere', resource: trusts(vendor()), params: { exemptAccounts: [VENDOR] } },
    { name: 'a Deny', resource: trusts({ ...vendor(), Effect: 'Deny' }) },
    {
      name: 'by web identity alone',
      resource: trusts(trusting({ AWS: VENDOR }, undefined, 'sts:AssumeRoleWithWebIdentity')),
    },
  ],
});
