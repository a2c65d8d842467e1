import {
  GenerateCredentialReportCommand,
  GetAccessKeyLastUsedCommand,
  GetAccountAuthorizationDetailsCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListAccessKeysCommand,
  ListServiceSpecificCredentialsCommand,
} from '@aws-sdk/client-iam';
import { mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect, it } from 'vitest';
import { account } from '../../../checks/account/collect.ts';
import { accessKey, group, managedPolicy, role, user } from '../../../checks/iam/collect.ts';
import type { Session } from '../../../lib/aws/caller.ts';
import { collect } from '../../../lib/aws/collect.ts';
import type { Resource } from '../../../lib/aws/resource.ts';
import { beforeReport, person, report, userRow } from './_fixtures.ts';

const aws = mockClient(IAMClient);
const client = new IAMClient({ region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } });
afterEach(() => aws.reset());

it('one run asks for the report once, and walks one chain per filter, whatever uses them', async () => {
  aws.on(GetAccountAuthorizationDetailsCommand).resolves({
    UserDetailList: [person('alice')],
    GroupDetailList: [],
    RoleDetailList: [],
    Policies: [],
  });
  aws.on(GenerateCredentialReportCommand).resolves({ State: 'COMPLETE' });
  const root = { user: '<root_account>', arn: 'arn:aws:iam::111122223333:root' };
  const alice = userRow('alice', {
    mfa_active: 'true',
    access_key_1_active: 'true',
    access_key_1_last_rotated: beforeReport(300),
    access_key_2_active: 'true',
    access_key_2_last_rotated: beforeReport(200),
  });
  const metadata = (days: number) => ({
    UserName: 'alice',
    AccessKeyId: `AKIA${days}`,
    Status: 'Active' as const,
    CreateDate: new Date(beforeReport(days)),
  });
  aws.on(ListAccessKeysCommand).resolves({ AccessKeyMetadata: [metadata(200), metadata(300)] });
  aws
    .on(GetAccessKeyLastUsedCommand)
    .resolves({ AccessKeyLastUsed: { LastUsedDate: new Date(beforeReport(1)), ServiceName: 's3', Region: 'x' } });
  aws.on(ListServiceSpecificCredentialsCommand).resolves({ ServiceSpecificCredentials: [] });
  aws.on(GetCredentialReportCommand).resolves(report([root, alice]));
  const session: Session = { clients: () => client, sources: new Map() };
  const place = { account: '111122223333', region: 'global', partition: 'aws' };
  const wanted: [Resource<string, any, any>, string[]][] = [
    [user, ['credentials', 'keys', 'otherKeys', 'serviceCredentials']],
    [accessKey, ['state']],
    [group, []],
    [role, []],
    [managedPolicy, []],
    [account, ['rootCredentials']],
  ];
  const read = wanted.map(([type, facets]) =>
    Array.fromAsync(collect(type, facets, place, session, () => new Date(0))),
  );
  const cells = (await Promise.all(read)).map((items) => items.at(-1));
  expect(cells).toMatchObject([1, 2, 0, 0, 0, 1].map((rows) => ({ cell: { rows } })));
  const filters = aws.commandCalls(GetAccountAuthorizationDetailsCommand).map((call) => call.args[0].input.Filter);
  expect(new Set(filters.flat())).toEqual(new Set(['User', 'Group', 'Role', 'LocalManagedPolicy']));
  expect(filters).toHaveLength(4);
  expect(aws.commandCalls(GenerateCredentialReportCommand)).toHaveLength(1);
  expect(aws.commandCalls(GetCredentialReportCommand)).toHaveLength(1);
  expect(aws.commandCalls(ListServiceSpecificCredentialsCommand)).toHaveLength(1);
  // An older report, and old keys: two resources and their owner ask about the same keys.
  expect(aws.commandCalls(ListAccessKeysCommand)).toHaveLength(1);
  expect(aws.commandCalls(GetAccessKeyLastUsedCommand)).toHaveLength(2);
});
