import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { GetPublicAccessBlockCommand, S3ControlClient } from '@aws-sdk/client-s3-control';
import { expect, it } from 'vitest';
import { account } from '../../../checks/account/collect.ts';
import { OFF } from '../../policy/_bucket-access.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(account);
const facet = async (name: string) => (await collected([name])).rows[0]?.facets[name];

it('knows the enabled regions, and the one of global services', async () => {
  aws(EC2Client)
    .on(DescribeRegionsCommand, { AllRegions: false })
    .resolves({ Regions: [{ RegionName: 'eu-west-1' }, { RegionName: 'us-east-1' }] });
  expect(await facet('regions')).toEqual({ value: { home: 'us-east-1', enabled: ['eu-west-1', 'us-east-1'] } });
});

it.each([{}, { Regions: [] }, { Regions: [{ RegionName: 'eu-west-1' }, {}] }])(
  'an answer without regions, or with one that has no name, is a gap: %j',
  async (answer) => {
    aws(EC2Client).on(DescribeRegionsCommand).resolves(answer);
    expect(await facet('regions')).toMatchObject({ gap: { detail: 'the answer lacks enabled' } });
  },
);

it('knows what S3 blocks for the account; no configuration is a state', async () => {
  aws(S3ControlClient)
    .on(GetPublicAccessBlockCommand, { AccountId: '111122223333' })
    .rejects(awsError('NoSuchPublicAccessBlockConfiguration'));
  expect(await facet('s3PublicAccessBlock')).toEqual({ value: OFF });
});

it('a denied block is a gap, not "nothing is blocked"', async () => {
  aws(S3ControlClient).on(GetPublicAccessBlockCommand).rejects(awsError('AccessDenied'));
  expect(await facet('s3PublicAccessBlock')).toMatchObject({
    gap: { reason: 'denied', operation: 's3:GetAccountPublicAccessBlock' },
  });
});
