import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../lib/run/model.ts';
import { isInstalled } from '../infra/_stack.ts';
import { audited, useEmulator } from '../support/audited.ts';
import { type Moto, QUIET_REGION, startMoto } from '../support/moto.ts';

const HAS_TOOLS = (await isInstalled('moto_server')) && (await isInstalled('aws'));
const json = (value: unknown) => JSON.stringify(value);
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };
const anybody = (Action: string, Resource?: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action, ...(Resource && { Resource }) }],
});

/** An account made by the AWS CLI in moto: neither the client that writes nor the server that answers is ours. */
describe.skipIf(!HAS_TOOLS)('an account in moto', () => {
  let moto: Moto;
  let report: Report;
  let groupId: string;

  beforeAll(async () => {
    moto = await startMoto();
    const { aws } = moto;
    await Promise.all([iam(aws), s3(aws), ec2(aws), databases(aws)]);
    useEmulator(moto);
    report = await audited({ regions: [QUIET_REGION], region: QUIET_REGION, now: () => new Date() });
  });
  afterAll(() => moto.close());

  async function iam(aws: Moto['aws']) {
    await aws('iam', 'create-user', '--user-name', 'ann');
    const { Policy } = await aws('iam', 'create-policy', '--policy-name', 'all', '--policy-document', json(everything));
    await Promise.all([
      aws('iam', 'create-login-profile', '--user-name', 'ann', '--password', 'Not-a-real-1'),
      aws('iam', 'create-access-key', '--user-name', 'ann'),
      aws('iam', 'attach-user-policy', '--user-name', 'ann', '--policy-arn', Policy.Arn),
      aws(
        'iam',
        'create-role',
        '--role-name',
        'open',
        '--assume-role-policy-document',
        json(anybody('sts:AssumeRole')),
      ),
    ]);
  }
  async function s3(aws: Moto['aws']) {
    const bucket = (name: string) =>
      aws(
        's3api',
        'create-bucket',
        '--bucket',
        name,
        '--create-bucket-configuration',
        `LocationConstraint=${QUIET_REGION}`,
      );
    await Promise.all([bucket('open-to-all'), bucket('shut')]);
    const policy = json(anybody('s3:GetObject', 'arn:aws:s3:::open-to-all/*'));
    const block = 'BlockPublicAcls=true,IgnorePublicAcls=true,BlockPublicPolicy=true,RestrictPublicBuckets=true';
    await Promise.all([
      aws('s3api', 'put-bucket-policy', '--bucket', 'open-to-all', '--policy', policy),
      aws('s3api', 'put-public-access-block', '--bucket', 'shut', '--public-access-block-configuration', block),
      aws('s3api', 'put-bucket-versioning', '--bucket', 'shut', '--versioning-configuration', 'Status=Enabled'),
    ]);
  }
  async function ec2(aws: Moto['aws']) {
    const { GroupId } = await aws('ec2', 'create-security-group', '--group-name', 'bastion', '--description', 'x');
    groupId = GroupId;
    await aws(
      'ec2',
      'authorize-security-group-ingress',
      '--group-id',
      GroupId,
      '--protocol',
      'tcp',
      '--port',
      '22',
      '--cidr',
      '0.0.0.0/0',
    );
    const volume = (encryption: string) =>
      aws('ec2', 'create-volume', '--size', '1', '--availability-zone', `${QUIET_REGION}a`, encryption);
    await Promise.all([
      volume('--encrypted'),
      volume('--no-encrypted'),
      aws('ec2', 'enable-ebs-encryption-by-default'),
    ]);
  }
  async function databases(aws: Moto['aws']) {
    const database = (name: string, ...options: string[]) =>
      aws(
        'rds',
        'create-db-instance',
        '--db-instance-identifier',
        name,
        '--db-instance-class',
        'db.t3.micro',
        '--engine',
        'postgres',
        '--allocated-storage',
        '20',
        '--master-username',
        'x',
        '--master-user-password',
        'Not-a-real-1',
        ...options,
      );
    await Promise.all([
      database('open', '--publicly-accessible', '--backup-retention-period', '0'),
      database('shut', '--no-publicly-accessible', '--storage-encrypted', '--backup-retention-period', '7'),
      aws('kms', 'create-key'),
    ]);
  }

  const verdictOf = (check: string, id: string) => {
    const found = report.findings.filter((finding) => finding.check === check && finding.resource.id.endsWith(id));
    return found.map(({ status }) => status);
  };
  it.each([
    // Every credential report of moto's is of 2015: this user came later.
    ['iam-user-console-mfa-enabled', 'ann', 'UNKNOWN'],
    ['iam-user-policies-via-groups', 'ann', 'FAIL'],
    ['iam-policy-no-full-admin', 'all', 'FAIL'],
    ['iam-role-trust-not-public', 'open', 'FAIL'],
    ['iam-password-policy-min-length', '123456789012', 'UNKNOWN'],
    ['s3-bucket-not-public', 'open-to-all', 'FAIL'],
    ['s3-bucket-not-public', 'shut', 'PASS'],
    ['s3-bucket-public-access-block', 'shut', 'PASS'],
    ['s3-bucket-versioning-enabled', 'shut', 'PASS'],
    ['s3-bucket-versioning-enabled', 'open-to-all', 'FAIL'],
    ['s3-bucket-tls-only', 'shut', 'FAIL'],
    ['ec2-ebs-default-encryption-enabled', QUIET_REGION, 'PASS'],
    ['rds-instance-not-public', 'open', 'FAIL'],
    ['rds-instance-not-public', 'shut', 'PASS'],
    ['rds-storage-encrypted', 'shut', 'PASS'],
    ['rds-automated-backups-enabled', 'open', 'FAIL'],
    ['rds-automated-backups-enabled', 'shut', 'PASS'],
    ['cloudtrail-multi-region-trail-enabled', '123456789012', 'FAIL'],
  ])('%s of %s: %s', (check, id, status) => expect(verdictOf(check, id)).toEqual([status]));

  it('volumes, one of each kind', () => {
    const statuses = report.findings
      .filter(({ check }) => check === 'ec2-ebs-volume-encrypted')
      .map(({ status }) => status);
    expect(statuses.toSorted()).toEqual(['FAIL', 'PASS']);
  });
  it('the open security group', () => expect(verdictOf('vpc-security-group-no-world-ssh', groupId)).toEqual(['FAIL']));
  it('what moto does not answer is UNKNOWN, with the operation and the reason', () => {
    const gaps = report.header.summary.gaps.map(({ operation, reason }) => `${reason} ${operation}`);
    expect(gaps).toEqual(expect.arrayContaining(['failed ec2:GetInstanceMetadataDefaults']));
    expect(gaps.filter((gap) => !gap.startsWith('failed '))).toEqual([]);
    for (const { detail } of report.header.summary.gaps) expect(detail).not.toMatch(/could not be judged/);
  });
});
