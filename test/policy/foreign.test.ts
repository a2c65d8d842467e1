import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import { table } from '../../lib/core/table.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';
import { exposure } from '../../lib/policy/exposure.ts';
import { strangers, strangersIn, type Trust } from '../../lib/policy/foreign.ts';
import { type Part, statementOf } from './_build.ts';

const GAP: Gap = { reason: 'denied', operation: 'organizations:ListAccounts', detail: 'access denied' };
const [OWN, MEMBER, FRIEND, STRANGER] = ['111122223333', '777788889999', '222233334444', '444455556666'];
const members = [{ id: OWN }, { id: MEMBER }];

describe('strangers', () => {
  it.each<[string, string[], string[]]>([
    ['nobody', [], []],
    ['a member', [MEMBER], []],
    ['one that is trusted', [FRIEND], []],
    ['neither', [STRANGER, MEMBER, FRIEND], [STRANGER]],
  ])('%s', (_name, accounts, expected) => {
    expect(strangers(accounts, { accounts: [FRIEND], members: table(members, undefined) })).toEqual(expected);
  });

  it('asks for members only where trust does not decide', () => {
    expect(strangers([FRIEND], { accounts: [FRIEND], members: table<{ id: string }>([], GAP) })).toEqual([]);
  });

  it('is unknown where members may not be listed', () => {
    const unknown = attempt(() => strangers([STRANGER], { accounts: [], members: table<{ id: string }>([], GAP) }));
    expect(unknown).toBeInstanceOf(Unknown);
  });
});

describe('strangersIn', () => {
  const [OWN_ORGANIZATION, TRUSTED, OTHER] = ['o-own0000000', 'o-trusted000', 'o-other00000'];
  const scope = { account: OWN };
  const trust: Trust = {
    accounts: [FRIEND, 'canonical-friend'],
    organizations: [TRUSTED],
    members: table(members, undefined),
    ownOrganization: () => OWN_ORGANIZATION,
  };
  const strangersOf = (part: Part, more: Partial<Trust> = {}) => {
    const statement = statementOf(part);
    return strangersIn({ statement, exposure: exposure(statement, scope) }, scope, { ...trust, ...more });
  };
  const within = (...organizations: string[]) => ({ StringEquals: { 'aws:PrincipalOrgID': organizations } });
  const provider = (account: string) => `arn:aws:iam::${account}:saml-provider/x`;
  const unknownOrganization = () => {
    throw new Unknown(GAP);
  };

  it.each<[string, Part, string[]]>([
    ['everyone is nobody in particular', {}, []],
    ['accounts', { Principal: { AWS: [OWN, MEMBER, FRIEND, STRANGER] } }, [STRANGER]],
    ['another organization', { Condition: within(OTHER) }, [OTHER]],
    ['the own one, and a trusted one', { Condition: within(OWN_ORGANIZATION, TRUSTED) }, []],
    ['the own one, by variable', { Condition: within('${aws:ResourceOrgID}') }, []],
    ['an account of another organization', { Principal: { AWS: STRANGER }, Condition: within(OTHER) }, [STRANGER]],
    ['an account, if it is of the own one', { Principal: { AWS: STRANGER }, Condition: within(OWN_ORGANIZATION) }, []],
    ['an account, if it is of a trusted one', { Principal: { AWS: STRANGER }, Condition: within(TRUSTED) }, []],
    [
      'an account, if it is of the own or another one',
      { Principal: { AWS: STRANGER }, Condition: within(OWN_ORGANIZATION, OTHER) },
      [STRANGER],
    ],
    [
      'an account, on behalf of the own one',
      { Principal: { AWS: STRANGER }, Condition: { StringEquals: { 'aws:SourceAccount': OWN } } },
      [STRANGER],
    ],
    ['identity providers', { Principal: { Federated: [OWN, MEMBER, FRIEND].map(provider) } }, []],
    ["a stranger's identity provider", { Principal: { Federated: provider(STRANGER) } }, [provider(STRANGER)]],
    ['a web identity', { Principal: { Federated: 'accounts.google.com' } }, []],
    ['a canonical user that is trusted by name', { Principal: { CanonicalUser: 'canonical-friend' } }, []],
    ['one of whom it is known', { Principal: { CanonicalUser: 'abc', AWS: STRANGER } }, [STRANGER]],
  ])('%s', (_name, part, expected) => {
    expect(strangersOf(part)).toEqual(expected);
  });

  it('names whom it cannot place', () => {
    expect(attempt(() => strangersOf({ Principal: { CanonicalUser: 'abc' } }))).toMatchObject({
      gap: { detail: 'whose abc is cannot be told' },
    });
  });

  it('asks for the own organization only where it matters', () => {
    const more = { ownOrganization: unknownOrganization };
    expect(strangersOf({ Condition: within(TRUSTED) }, more)).toEqual([]);
    expect(attempt(() => strangersOf({ Condition: within(OTHER) }, more))).toBeInstanceOf(Unknown);
    expect(strangersOf({ Principal: { AWS: STRANGER } }, more)).toEqual([STRANGER]);
  });
});
