import { AccountClient, GetAlternateContactCommand } from '@aws-sdk/client-account';
import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { describe, expect, it } from 'vitest';
import { account } from '../../../checks/account/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(account);
const read = async (facet: string) => (await collected([facet])).rows[0]!.facets[facet];

describe('the security contact', () => {
  const contact = (EmailAddress?: string) => ({
    AlternateContact: { Name: 'Ann Lee', Title: 'CISO', PhoneNumber: '+44 20', ...(EmailAddress && { EmailAddress }) },
  });
  const given = (contacts: Partial<Record<'SECURITY' | 'BILLING' | 'OPERATIONS', object | Error>>) => {
    const mock = aws(AccountClient);
    mock.on(GetAlternateContactCommand).rejects(awsError('ResourceNotFoundException'));
    for (const [AlternateContactType, answer] of Object.entries(contacts)) {
      const asked = mock.on(GetAlternateContactCommand, { AlternateContactType: AlternateContactType as 'SECURITY' });
      if (answer instanceof Error) asked.rejects(answer);
      else asked.resolves(answer);
    }
  };

  it('leaves nothing of the person but the domain', async () => {
    given({ SECURITY: contact('Ann.Lee@Mail@Harbour.example') });
    expect(await read('securityContact')).toEqual({ value: { emailDomain: 'harbour.example', sameEmailAs: [] } });
  });

  it('may have the address of others, in any letter case', async () => {
    given({ SECURITY: contact('a@x.example'), BILLING: contact('A@X.example '), OPERATIONS: contact('b@x.example') });
    expect(await read('securityContact')).toEqual({ value: { emailDomain: 'x.example', sameEmailAs: ['BILLING'] } });
    given({ SECURITY: contact('a@x.example'), OPERATIONS: contact('a@x.example') });
    expect(await read('securityContact')).toMatchObject({ value: { sameEmailAs: ['OPERATIONS'] } });
  });

  it('is asked for inside of the account: the management account may not name its own', async () => {
    given({});
    expect(await read('securityContact')).toEqual({ value: null });
    const inputs = aws(AccountClient)
      .commandCalls(GetAlternateContactCommand)
      .map(({ args }) => args[0].input);
    expect(inputs).toEqual([{ AlternateContactType: 'SECURITY' }]);
  });

  it('may have an empty address', async () => {
    given({ SECURITY: contact(' ') });
    expect(await read('securityContact')).toEqual({ value: { emailDomain: null, sameEmailAs: [] } });
  });

  it.each([
    ['it is refused', { SECURITY: awsError('AccessDeniedException') }, 'access denied'],
    [
      'another contact is refused',
      { SECURITY: contact('a@x.example'), BILLING: awsError('AccessDeniedException') },
      'access denied',
    ],
    ['the answer holds none', { SECURITY: {} }, 'the answer lacks securityContact'],
    ['it lacks its address', { SECURITY: contact() }, 'the answer lacks securityContact'],
    [
      'another contact lacks its address',
      { SECURITY: contact('a@x.example'), BILLING: contact() },
      'the answer lacks securityContact',
    ],
  ])('is a gap where %s', async (_name, contacts, detail) => {
    given(contacts);
    expect(await read('securityContact')).toMatchObject({ gap: { operation: 'account:GetAlternateContact', detail } });
  });
});

describe('the organisation', () => {
  const given = () => aws(OrganizationsClient).on(DescribeOrganizationCommand);

  it('is read', async () => {
    given().resolves({ Organization: { Id: 'o-harbour001', MasterAccountId: '444455556666', FeatureSet: 'ALL' } });
    expect(await read('organization')).toEqual({
      value: { id: 'o-harbour001', managementAccount: '444455556666', featureSet: 'ALL' },
    });
  });

  it('is null for a stand-alone account', async () => {
    given().rejects(awsError('AWSOrganizationsNotInUseException'));
    expect(await read('organization')).toEqual({ value: null });
  });

  it.each([
    ['it is refused: that is not "none"', () => given().rejects(awsError('AccessDeniedException'))],
    ['the answer lacks a part', () => given().resolves({ Organization: { Id: 'o-harbour001', FeatureSet: 'ALL' } })],
    ['the answer is empty', () => given().resolves({})],
  ])('is a gap where %s', async (_name, answer) => {
    answer();
    expect(await read('organization')).toMatchObject({ gap: { operation: 'organizations:DescribeOrganization' } });
  });
});
