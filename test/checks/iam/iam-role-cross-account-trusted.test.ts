import crossAccountTrusted from '../../../checks/iam/iam-role-cross-account-trusted.ts';
import { cases } from '../../support/cases.ts';
import { inOrganization, MANAGEMENT, MEMBER, ORGANIZATION, standAlone, VENDOR } from './_directory.ts';
import { OWN, roleOf, trusting, trustOf } from './_principals.ts';

const trusts = (...statements: object[]) => roleOf({ trust: trustOf(...statements) });
const root = (account: string) => `arn:aws:iam::${account}:root`;
const oneOf = (organization: string) => ({ StringEquals: { 'aws:PrincipalOrgID': organization } });
const found = (who: string, statement = '#1', conditionKeys: string[] = []) => ({
  statements: [{ statement, strangers: [who], conditionKeys }],
});

cases(crossAccountTrusted, {
  pass: [
    {
      name: 'an approved account',
      resource: trusts(trusting({ AWS: root(VENDOR) })),
      params: { trustedAccounts: [VENDOR] },
    },
    {
      name: 'a member of the organization',
      resource: trusts(trusting({ AWS: [MEMBER, root(OWN)] })),
      with: inOrganization,
    },
    { name: 'the management account', resource: trusts(trusting({ AWS: root(MANAGEMENT) })), with: inOrganization },
    { name: 'all of the own organization', resource: trusts(trusting('*', oneOf(ORGANIZATION))), with: inOrganization },
    {
      name: 'an account, if it is of the own organization',
      resource: trusts(trusting({ AWS: VENDOR }, oneOf(ORGANIZATION))),
      with: inOrganization,
    },
  ],
  fail: [
    {
      name: 'an account of nobody known',
      resource: trusts(trusting({ AWS: root(VENDOR) })),
      with: inOrganization,
      severity: undefined,
      message: `trusts ${VENDOR}`,
      evidence: found(VENDOR),
    },
    {
      name: 'an account id alone, in a list',
      resource: trusts(trusting({ AWS: [root(MEMBER), VENDOR] })),
      with: inOrganization,
      evidence: found(VENDOR),
    },
    {
      name: 'a role whose name holds the own id',
      resource: trusts(trusting({ AWS: `arn:aws:iam::${VENDOR}:role/for-${OWN}` })),
      with: inOrganization,
    },
    {
      name: 'a session in China',
      resource: trusts(trusting({ AWS: `arn:aws-cn:sts::${VENDOR}:assumed-role/x/y` })),
      with: inOrganization,
    },
    { name: 'another account of a stand-alone account', resource: trusts(trusting({ AWS: MEMBER })), with: standAlone },
    {
      name: 'a member of the organization, which is not trusted as such',
      resource: trusts(trusting({ AWS: MEMBER })),
      params: { trustOwnOrganization: false },
    },
    {
      name: 'all of the own organization, which is not trusted as such',
      resource: trusts(trusting('*', oneOf(ORGANIZATION))),
      params: { trustOwnOrganization: false },
    },
    {
      name: 'an organization, of a stand-alone account',
      resource: trusts(trusting('*', oneOf(ORGANIZATION))),
      with: standAlone,
    },
    {
      name: 'everyone of an account',
      resource: trusts(trusting('*', { StringEquals: { 'aws:PrincipalAccount': VENDOR } })),
      with: inOrganization,
      evidence: found(VENDOR, '#1', ['aws:principalaccount']),
    },
    {
      name: 'another organization',
      resource: trusts(trusting('*', oneOf('o-z9y8x7w6v5'))),
      with: inOrganization,
      evidence: found('o-z9y8x7w6v5', '#1', ['aws:principalorgid']),
    },
    {
      name: 'an account, if it is of one of two organizations',
      resource: trusts(
        trusting({ AWS: VENDOR }, { StringEquals: { 'aws:PrincipalOrgID': [ORGANIZATION, 'o-z9y8x7w6v5'] } }),
      ),
      with: inOrganization,
    },
    {
      name: 'an account by a wide action',
      resource: trusts({ ...trusting({ AWS: VENDOR }, undefined, 'sts:*'), Sid: 'Wide' }),
      with: inOrganization,
      evidence: found(VENDOR, 'Wide'),
    },
    {
      name: 'the same account twice',
      resource: trusts(trusting({ AWS: VENDOR }), trusting({ AWS: VENDOR })),
      with: inOrganization,
      message: new RegExp(`trusts ${VENDOR}$`),
    },
  ],
  skip: [
    {
      name: 'all of the own organization, by variable',
      resource: trusts(trusting('*', oneOf('${aws:ResourceOrgID}'))),
    },
    { name: 'the own account', resource: trusts(trusting({ AWS: root(OWN) })), message: /by name$/ },
    { name: 'a service', resource: trusts(trusting({ Service: 'ec2.amazonaws.com' })) },
    { name: 'everyone, which is another finding', resource: trusts(trusting('*')) },
    { name: 'a Deny', resource: trusts({ ...trusting({ AWS: VENDOR }), Effect: 'Deny' }) },
    {
      name: 'somebody who was deleted',
      resource: trusts(trusting({ AWS: 'AROAJQABLZS4A3QDU576Q' })),
      message: 'deleted since',
    },
    { name: 'tags of a session alone', resource: trusts(trusting({ AWS: VENDOR }, undefined, 'sts:TagSession')) },
  ],
  unknown: [{ name: 'an account whose own organization is not known', resource: trusts(trusting({ AWS: VENDOR })) }],
});
