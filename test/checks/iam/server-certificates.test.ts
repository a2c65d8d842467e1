import { ListServerCertificatesCommand } from '@aws-sdk/client-iam';
import { expect, it } from 'vitest';
import { serverCertificate } from '../../../checks/iam/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(serverCertificate);
const certificate = (ServerCertificateName: string, more: object = {}) => ({
  ServerCertificateName,
  ServerCertificateId: `ASCA${ServerCertificateName}`,
  Arn: `arn:aws:iam::111122223333:server-certificate/web/${ServerCertificateName}`,
  Path: '/web/',
  UploadDate: new Date('2020-01-01T00:00:00Z'),
  Expiration: new Date('2026-02-01T00:00:00Z'),
  ...more,
});

it('are listed page by page, once for the account', async () => {
  aws()
    .on(ListServerCertificatesCommand)
    .resolvesOnce({ ServerCertificateMetadataList: [certificate('shop')], IsTruncated: true, Marker: 'm' })
    .resolves({ ServerCertificateMetadataList: [certificate('mail')] });
  const { rows, cell } = await collected();
  expect(rows).toMatchObject([
    {
      identity: {
        type: 'AWS::IAM::ServerCertificate',
        id: 'shop',
        arn: 'arn:aws:iam::111122223333:server-certificate/web/shop',
        region: 'global',
      },
      base: {
        uniqueId: 'ASCAshop',
        path: '/web/',
        uploaded: '2020-01-01T00:00:00.000Z',
        expires: '2026-02-01T00:00:00.000Z',
      },
    },
    { identity: { id: 'mail' } },
  ]);
  expect(cell).not.toHaveProperty('gap');
  const inputs = aws()
    .commandCalls(ListServerCertificatesCommand)
    .map(({ args }) => args[0].input);
  expect(inputs).toMatchObject([{ MaxItems: 1000 }, { Marker: 'm' }]);
});

it('without expiration are a gap in that one thing', async () => {
  aws()
    .on(ListServerCertificatesCommand)
    .resolves({ ServerCertificateMetadataList: [certificate('shop', { Expiration: undefined })] });
  expect((await collected()).rows).toMatchObject([{ missing: { expires: { detail: 'the answer lacks expires' } } }]);
});

it('are a gap where they may not be listed, and where the answer lacks them', async () => {
  aws().on(ListServerCertificatesCommand).rejects(awsError('AccessDenied'));
  expect((await collected()).cell).toMatchObject({ gap: { reason: 'denied' } });
  aws().on(ListServerCertificatesCommand).resolves({});
  expect((await collected()).cell).toMatchObject({ gap: { reason: 'failed' } });
});
