import { ListOpenIDConnectProvidersCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { oidcProvider } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(oidcProvider);
const list = () => aws().on(ListOpenIDConnectProvidersCommand);
const arnOf = (issuer: string) => `arn:aws:iam::111122223333:oidc-provider/${issuer}`;

it('providers, by their issuer', async () => {
  const issuers = ['token.actions.githubusercontent.com', 'oidc.eks.eu-west-1.amazonaws.com/id/EXAMPLE0'];
  list().resolves({ OpenIDConnectProviderList: issuers.map((issuer) => ({ Arn: arnOf(issuer) })) });
  const { rows } = await collected();
  expect(rows.map(({ identity }) => [identity.id, identity.arn])).toEqual(
    issuers.map((issuer) => [issuer, arnOf(issuer)]),
  );
});

it('none', async () => {
  list().resolves({ OpenIDConnectProviderList: [] });
  expect((await collected()).cell).not.toHaveProperty('gap');
});

it.each([
  ['denied', () => list().rejects(awsError('AccessDenied')), 'denied'],
  ['without list', () => list().resolves({}), 'failed'],
  ['without ARN', () => list().resolves({ OpenIDConnectProviderList: [{}] }), 'failed'],
])('an answer %s is a gap of the cell', async (_name, answer, reason) => {
  answer();
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason } });
});
