import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACCOUNT, kit } from './_kit.ts';
import { type Certificate, newCertificate } from './certificate.ts';
import { type Emulator, startEmulator } from './server.ts';

/** Whether something is here that the SDK's authors and we did not write. */
function runs(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const isHere = runs('aws', '--version');
/** Older ones take no endpoint from the environment. */
const hasBoto = runs(
  'python3',
  '-c',
  'import boto3; assert tuple(map(int, boto3.__version__.split(".")[:2])) >= (1, 28)',
);
const hasOpenssl = runs('openssl', 'version');
if (!isHere) console.warn('The AWS CLI is not installed: its tests are left out.');
it.runIf(process.env['CI'] === 'true')('the AWS CLI is installed', () => {
  expect(isHere).toBe(true);
});

const { emulator } = await kit();

const environment = (endpoint: string) =>
  ({
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'emulated',
    AWS_SECRET_ACCESS_KEY: 'emulated',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_MAX_ATTEMPTS: '1',
    AWS_PAGER: '',
  }) as const;

async function run(...args: string[]): Promise<string> {
  const env = environment(emulator.endpoint);
  const { stdout } = await promisify(execFile)('aws', [...args, '--output', 'json'], { env });
  return stdout;
}

async function json(...args: string[]): Promise<any> {
  return JSON.parse(await run(...args));
}

describe.runIf(isHere)('the AWS CLI reads', { timeout: 180_000, concurrent: true }, () => {
  it('who it is', async () => {
    expect(await json('sts', 'get-caller-identity')).toMatchObject({ Account: ACCOUNT });
  });
  it('users, in pages', async () => {
    const { Users } = await json('iam', 'list-users', '--page-size', '4');
    expect(Users).toHaveLength(10);
    expect(Users.at(-1)).toMatchObject({ UserName: '=ops,emea@harbour.example', Path: '/' });
  });
  it('policies as documents', async () => {
    const { RoleDetailList } = await json('iam', 'get-account-authorization-details', '--filter', 'Role');
    const open = RoleDetailList.find((one: { RoleName: string }) => one.RoleName === 'partner-feed');
    expect(open.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ AWS: '*' });
  });
  it('instances with their hostile tags', async () => {
    const { Reservations } = await json(
      'ec2',
      'describe-instances',
      '--filters',
      'Name=vpc-id,Values=*',
      '--page-size',
      '5',
    );
    const jenkins = Reservations[4].Instances[0];
    expect(jenkins.Tags).toEqual([
      { Key: 'Name', Value: '<script>alert(1)</script>' },
      { Key: 'owner', Value: '=HYPERLINK("http://x.example")' },
    ]);
    expect(jenkins).toMatchObject({ State: { Name: 'running' }, MetadataOptions: { HttpTokens: 'optional' } });
  });
  it('security groups', async () => {
    const { SecurityGroups } = await json(
      'ec2',
      'describe-security-groups',
      '--filters',
      'Name=group-name,Values=bastion',
    );
    expect(SecurityGroups).toMatchObject([{ IpPermissions: [{ FromPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }] }]);
  });
  it('buckets, their policies and their ACLs, across Regions', async () => {
    expect((await json('s3api', 'list-buckets')).Buckets).toHaveLength(15);
    const { Grants } = await json('s3api', 'get-bucket-acl', '--bucket', 'harbour-media-uploads');
    expect(Grants[1].Grantee).toEqual({ Type: 'Group', URI: 'http://acs.amazonaws.com/groups/global/AllUsers' });
    const { Policy } = await json('s3api', 'get-bucket-policy', '--bucket', 'harbour-payments-trail');
    expect(JSON.parse(Policy).Statement).toHaveLength(3);
  });
  it('trails', async () => {
    const { trailList } = await json('cloudtrail', 'describe-trails');
    expect(trailList).toMatchObject([{ Name: 'harbour-events', IsMultiRegionTrail: false }]);
  });
  it('databases', async () => {
    const { DBInstances } = await json('rds', 'describe-db-instances', '--db-instance-identifier', 'crm');
    expect(DBInstances).toMatchObject([
      { Engine: 'mysql', PubliclyAccessible: true, Endpoint: { Port: 3306 }, DBSubnetGroup: { Subnets: [{}, {}] } },
    ]);
  });
  it.each([
    [['iam', 'create-user', '--user-name', 'x'], /AccessDenied.*iam:CreateUser/],
    [['s3api', 'get-bucket-policy', '--bucket', 'harbour-build-cache'], /NoSuchBucketPolicy/],
    [['kms', 'describe-key', '--key-id', 'nothing'], /NotFoundException/],
  ])('the refusal of %j', async (args, words) => {
    await expect(run(...args)).rejects.toThrow(words);
  });
  it('back what it wrote', async () => {
    await run(
      's3api',
      'put-object',
      '--bucket',
      'harbour-build-cache',
      '--key',
      'a b/ü.json',
      '--body',
      'package.json',
    );
    const stored = emulator.objects.get('harbour-build-cache/a b/ü.json')!;
    expect(JSON.parse(stored.body.toString())).toHaveProperty('name');
    const { Contents } = await json('s3api', 'list-objects-v2', '--bucket', 'harbour-build-cache');
    expect(Contents).toMatchObject([{ Key: 'a b/ü.json', Size: stored.body.length }]);
  });
});

describe.runIf(hasOpenssl)('over HTTPS, with a certificate that was made for it', { timeout: 180_000 }, () => {
  let secure: Emulator;
  let certificate: Certificate;
  beforeAll(async () => {
    certificate = newCertificate();
    secure = await startEmulator({ tls: certificate });
  });
  afterAll(async () => {
    await secure.close();
    certificate.remove();
  });
  const users = (env: object) =>
    promisify(execFile)('aws', ['iam', 'list-users', '--query', 'length(Users)'], {
      env: { ...environment(secure.endpoint), ...env },
    });

  it.runIf(isHere)('the AWS CLI reads what it would over HTTP', async () => {
    expect((await users({ AWS_CA_BUNDLE: certificate.file })).stdout.trim()).toBe('10');
  });
  it.runIf(isHere)('and trusts nothing that it was not told to', async () => {
    await expect(users({})).rejects.toThrow(/SSL|certificate/i);
  });
  it.runIf(hasBoto)('boto3 reads users in pages and buckets, and is refused what nobody may', async () => {
    const { stdout } = await promisify(execFile)('python3', ['-c', BOTO], {
      env: { ...environment(secure.endpoint), AWS_CA_BUNDLE: certificate.file },
    });
    expect(JSON.parse(stdout)).toEqual({ account: ACCOUNT, users: 10, buckets: 15, refused: 'AccessDenied' });
  });
});

const BOTO = `
import boto3, json
from botocore.config import Config
from botocore.exceptions import ClientError
iam = boto3.client('iam')
s3 = boto3.client('s3', config=Config(s3={'addressing_style': 'path'}))
pages = iam.get_paginator('list_users').paginate(PaginationConfig={'PageSize': 4})
try:
    iam.create_user(UserName='x')
    refused = None
except ClientError as error:
    refused = error.response['Error']['Code']
print(json.dumps({
    'account': boto3.client('sts').get_caller_identity()['Account'],
    'users': sum(len(page['Users']) for page in pages),
    'buckets': len(s3.list_buckets()['Buckets']),
    'refused': refused,
}))
`;
