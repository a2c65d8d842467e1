import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Finding } from '../../lib/core/model.ts';
import type { Report } from '../../lib/run/model.ts';
import { isInstalled } from '../infra/_stack.ts';
import { audited, useEmulator } from '../support/audited.ts';
import { type Moto, QUIET_REGION, startMoto } from '../support/moto.ts';
import { ACCOUNT, DOCUMENTS } from './moto-account.ts';

const HAS_TOOLS = (await isInstalled('moto_server')) && (await isInstalled('aws'));

/** The expected verdicts of each resource. */
const VERDICTS: readonly (readonly [resource: string, verdicts: readonly string[]])[] = readFileSync(
  new URL('moto-verdicts.txt', import.meta.url),
  'utf8',
)
  .replaceAll(/^ *#.*\n/gm, '')
  .trim()
  .split(/\n\n+/)
  .map((block) => block.split('\n'))
  .map(([resource, ...verdicts]) => [resource!, verdicts.map((one) => one.trim().replaceAll(/ +/g, ' '))]);

/** What moto does not answer, or not in full. */
const NOT_ANSWERED = [
  'access-analyzer:ListAnalyzers',
  // Not in each region, and not in this one.
  'codebuild:ListProjects',
  'dax:DescribeSubnetGroups',
  'ec2:DescribeVpcBlockPublicAccessOptions',
  // Without the type of gateway endpoints.
  'ec2:DescribeVpcEndpoints',
  'ec2:GetImageBlockPublicAccessState',
  'ec2:GetInstanceMetadataDefaults',
  'ec2:GetSnapshotBlockPublicAccessState',
  // Without how many a policy is a boundary of.
  'iam:GetAccountAuthorizationDetails',
  // A report of 2015, without the root user.
  'iam:GetCredentialReport',
  'iam:ListOrganizationsFeatures',
  'iam:ListServiceSpecificCredentials',
  // Parameter groups are empty: of this one it is the check that needs a parameter, and of the next the library that loads audits.
  'rds-tls-required',
  'inventory',
  'rds:DescribeCertificates',
  'rds:DescribeDBClusterAutomatedBackups',
  // Clusters name groups that are not there.
  'rds:DescribeDBClusterParameters',
  'rds:DescribeDBEngineVersions',
  // Without Performance Insights.
  'rds:DescribeDBInstances',
  'ssm:DescribeInstanceInformation',
];

/** Ids that moto made up, of resources that no command named: moto puts some into each account. */
const MADE_UP = /-[0-9a-f]{17}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/;

/** An account made by the AWS CLI in moto: neither the client that writes nor the server that answers is ours. */
describe.skipIf(!HAS_TOOLS)('an account in moto', () => {
  let moto: Moto;
  let report: Report;
  let verdicts: ReadonlyMap<string, readonly string[]>;

  beforeAll(async () => {
    moto = await startMoto();
    const names = Object.entries(await moto.script(ACCOUNT, DOCUMENTS));
    const nameOf = new Map(names.map(([name, id]) => [id, name]));
    useEmulator(moto);
    report = await audited({ regions: [QUIET_REGION], region: QUIET_REGION, now: () => new Date() });
    const labelOf = ({ resource: { type, id } }: Finding) => `${type} ${nameOf.get(id) ?? id}`;
    verdicts = new Map(
      [...Map.groupBy(report.findings, labelOf)].map(([label, findings]) => [label, findings.map(lineOf)]),
    );
  }, 300_000);
  afterAll(() => moto.close());

  it('has at least 40 resources, each of which is in the table', () => {
    expect(VERDICTS.length).toBeGreaterThanOrEqual(40);
    const judged = [...verdicts.keys()].filter((label) => !MADE_UP.test(label.split(' ').at(-1)!));
    expect(judged.toSorted()).toEqual(VERDICTS.map(([resource]) => resource).toSorted());
  });
  it.each(VERDICTS)('%s', (resource, expected) =>
    expect(verdicts.get(resource)?.toSorted()).toEqual(expected.toSorted()),
  );
  it('what moto does not answer is UNKNOWN, and nothing else', () => {
    const { gaps } = report.header.summary;
    expect([...new Set(gaps.map(({ operation }) => operation))].toSorted()).toEqual(NOT_ANSWERED.toSorted());
    for (const { reason, detail } of gaps) {
      expect(reason).toBe('failed');
      expect(detail).not.toMatch(/could not be judged/);
    }
  });
});

/** As a line of the table. */
function lineOf({ status, check, gap }: Finding): string {
  return [status, check, ...(gap ? [gap.operation] : [])].join(' ');
}
