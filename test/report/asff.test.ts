import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { AwsSecurityFinding } from '@aws-sdk/client-securityhub';
import { describe, expect, it } from 'vitest';
import { findingsAsff, RESOURCE_TYPES } from '../../lib/report/asff.ts';
import type { Report } from '../../lib/run/model.ts';
import { isInstalled } from '../infra/_stack.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const CHECK = 's3-bucket-not-public';
const one = (report: Report): AwsSecurityFinding => findingsAsff(report)[0]!;

/** Every text and its longest length, every list and its highest count: as the API reference has them. */
function beyondLimits(found: AwsSecurityFinding): string[] {
  const { ProductFields = {}, Resources = [], Compliance = {} } = found;
  const { Tags = {} } = Resources[0]!;
  const lengths: readonly [string, string | undefined, number][] = [
    ['Id', found.Id, 512],
    ['ProductArn', found.ProductArn, 2048],
    ['GeneratorId', found.GeneratorId, 512],
    ['Title', found.Title, 256],
    ['Description', found.Description, 1024],
    ['Text', found.Remediation?.Recommendation?.Text, 512],
    ['Original', found.FindingProviderFields?.Severity?.Original, 64],
    ['Region', Resources[0]!.Region, 16],
    ['Type', Resources[0]!.Type, 256],
    ...Object.entries(ProductFields).flatMap(([key, value]): [string, string, number][] => [
      ['key', key, 128],
      [key, value, 2048],
    ]),
    ...Object.entries(Tags).flatMap(([key, value]): [string, string, number][] => [
      ['tag', key, 128],
      [key, value, 256],
    ]),
  ];
  return [
    ...lengths
      .filter(([, value, max]) => value !== undefined && (value.length > max || !/\S/.test(value)))
      .map(([name, value]) => `${name}: ${value!.length}`),
    ...(Object.keys(ProductFields).length > 50 ? ['ProductFields'] : []),
    ...(Object.keys(Tags).length > 50 ? ['Tags'] : []),
    ...((Compliance.RelatedRequirements ?? []).length > 32 ? ['RelatedRequirements'] : []),
    ...(Resources.length === 1 ? [] : ['Resources']),
    ...(Buffer.byteLength(JSON.stringify(found)) > 240_000 ? ['bytes'] : []),
  ];
}

describe('findings.asff.json', () => {
  it('has nothing to say without any finding', () => expect(findingsAsff(reportOf())).toEqual([]));

  it('says what failed, where, why it matters and how to fix it', () => {
    const failing = finding({
      resource: { id: 'a', tags: { team: 'web', empty: '' } },
      owner: 'web',
      change: 'new',
      firstSeen: '2025-12-01T00:00:00.000Z',
      evidence: { open: true },
      cause: { kind: 'resource-changed', before: 'closed', after: 'open' },
    });
    const frameworks = [
      { id: 'cis', name: 'CIS AWS 7.0', requirements: [{ ref: '2.1.4', checks: [CHECK], notAsked: 0 }] },
    ];
    expect(findingsAsff(reportOf({ findings: [failing], header: { frameworks } }))).toEqual([
      {
        SchemaVersion: '2018-10-08',
        Id: `ronda/${failing.id}`,
        ProductArn: `arn:aws:securityhub:us-east-1:${ACCOUNT}:product/${ACCOUNT}/default`,
        ProductName: 'Ronda',
        CompanyName: 'Ronda',
        GeneratorId: `ronda/${CHECK}`,
        AwsAccountId: ACCOUNT,
        CreatedAt: '2025-12-01T00:00:00.000Z',
        FirstObservedAt: '2025-12-01T00:00:00.000Z',
        LastObservedAt: failing.at,
        UpdatedAt: '2026-01-01T00:00:42.000Z',
        Title: `Title of ${CHECK}`,
        Description: `a: the policy lets everyone read. Why ${CHECK} matters.`,
        FindingProviderFields: {
          Severity: { Label: 'HIGH', Original: 'high' },
          Types: ['Software and Configuration Checks/AWS Security Best Practices'],
        },
        Remediation: { Recommendation: { Text: 'aws s3 fix --name <name>' } },
        ProductFields: {
          'ronda/check': CHECK,
          'ronda/type': 'AWS::S3::Bucket',
          'ronda/resource': 'a',
          'ronda/region': 'eu-west-1',
          'ronda/message': 'the policy lets everyone read',
          'ronda/owner': 'web',
          'ronda/change': 'new',
          'ronda/cause': 'the resource was changed: closed → open',
          'ronda/evidence': '{"open":true}',
          'ronda/run': '20260101T000000Z-abc123',
          'ronda/tool': 'ronda 0.1.0',
        },
        Resources: [
          { Type: 'AwsS3Bucket', Id: 'arn:aws:s3:::a', Partition: 'aws', Region: 'eu-west-1', Tags: { team: 'web' } },
        ],
        Compliance: { Status: 'FAILED', RelatedRequirements: ['CIS AWS 7.0 2.1.4'] },
        RecordState: 'ACTIVE',
      },
    ]);
  });

  it.each([
    ['FAIL', undefined, 'FAILED', 'ACTIVE'],
    ['FAIL', 'new', 'FAILED', 'ACTIVE'],
    ['FAIL', 'unwaived', 'FAILED', 'ACTIVE'],
    ['UNKNOWN', 'unseen', 'WARNING', 'ACTIVE'],
    ['PASS', undefined, 'PASSED', 'ACTIVE'],
    ['PASS', 'resolved', 'PASSED', 'ARCHIVED'],
    ['SKIP', 'resolved', 'NOT_AVAILABLE', 'ARCHIVED'],
  ] as const)('%s with %s is %s and %s', (status, change, Status, RecordState) =>
    expect(one(reportOf({ findings: [finding({ status, ...(change && { change }) })] }))).toMatchObject({
      Compliance: { Status },
      RecordState,
    }),
  );

  it('leaves a SKIP out that archives nothing', () =>
    expect(findingsAsff(reportOf({ findings: [finding({ status: 'SKIP' })] }))).toEqual([]));

  it('archives what is gone, which did not pass; what could not be listed stays', () => {
    const lost = [gone({ id: 'a' }), gone({ id: 'b', change: 'unseen' })];
    expect(findingsAsff(reportOf({ gone: lost }))).toMatchObject([
      { Id: 'ronda/a', RecordState: 'ARCHIVED', Compliance: { Status: 'NOT_AVAILABLE' } },
      {
        Id: 'ronda/b',
        RecordState: 'ACTIVE',
        Compliance: { Status: 'WARNING', StatusReasons: [{ ReasonCode: 'NOT_LISTED' }] },
      },
    ]);
  });

  it('archives what is waived, without calling it passed, and says who answers for it', () => {
    const waiver = { owner: 'web', reason: 'a public site', ticket: 'SEC-1', expires: '2026-06-30' };
    expect(one(reportOf({ findings: [finding({ waiver })] }))).toMatchObject({
      RecordState: 'ARCHIVED',
      Compliance: { Status: 'FAILED' },
      ProductFields: {
        'ronda/waiver': 'web: a public site',
        'ronda/waiverTicket': 'SEC-1',
        'ronda/waiverExpires': '2026-06-30',
      },
    });
  });

  it('says why something could not be judged, and what opens it', () =>
    expect(
      one(reportOf({ findings: [finding({ status: 'UNKNOWN', gap: { ...DENIED, reason: 'not-scanned' } })] })),
    ).toMatchObject({
      Compliance: {
        StatusReasons: [
          {
            ReasonCode: 'NOT_SCANNED',
            Description: expect.stringMatching(/^s3:GetBucketPolicy: access denied; it was/),
          },
        ],
      },
    }));

  it.each([
    ['the partition’s home, where the run looked there', ['eu-west-1', 'us-east-1'], undefined, 'us-east-1'],
    ['else the first of the run', ['eu-west-1', 'eu-west-2'], undefined, 'eu-west-1'],
    ['the home where it looked nowhere', [], undefined, 'us-east-1'],
    ['the one that is asked for', ['eu-west-1'], 'ap-south-1', 'ap-south-1'],
  ])('keeps all findings in one region: %s', (_name, regions, region, expected) => {
    const scope = { partition: 'aws', accounts: [ACCOUNT], regions, filters: {} };
    const findings = [finding(), finding({ resource: { region: 'sa-east-1' } })];
    const arns = findingsAsff(reportOf({ findings, header: { scope } }), { region }).map(
      ({ ProductArn }) => ProductArn,
    );
    expect(new Set(arns)).toEqual(new Set([`arn:aws:securityhub:${expected}:${ACCOUNT}:product/${ACCOUNT}/default`]));
  });

  it('is under the product of each account’s own', () => {
    const report = reportOf({ findings: [finding({ resource: { account: '222233334444' } })] });
    expect(one(report)).toMatchObject({
      AwsAccountId: '222233334444',
      ProductArn: 'arn:aws:securityhub:us-east-1:222233334444:product/222233334444/default',
    });
  });

  it.each([
    ['https://eu-west-1.console.aws.amazon.com/s3/object/b?prefix=x', true],
    ['/home/me/ronda-report/index.html', false],
    ['s3://bucket/key', false],
    ['javascript:alert(1)', false],
  ])('links to %s: %s', (page, isLinked) =>
    expect(findingsAsff(reportOf({ findings: [finding()] }), { page })[0]!.SourceUrl).toBe(isLinked ? page : undefined),
  );

  it.each([
    [512, true, false],
    [513, false, true],
    [2049, false, false],
  ])('a command of %i characters is whole or not there', (length, isText, isField) => {
    const checks = [checkInfo(CHECK, { fix: 'f'.repeat(length) })];
    const { Remediation, ProductFields } = one(reportOf({ findings: [finding()], checks }));
    expect([Remediation !== undefined, ProductFields!['ronda/fix'] !== undefined]).toEqual([isText, isField]);
  });

  it.each([
    ['AWS::ElasticLoadBalancingV2::LoadBalancer', 'AwsElbv2LoadBalancer'],
    ['AWS::DAX::SubnetGroup', 'Other'],
  ])('%s is %s', (type, Type) =>
    expect(one(reportOf({ findings: [finding({ resource: { type } })] })).Resources).toMatchObject([{ Type }]),
  );

  it('an account-wide resource is in no region, and a partition that the format does not know is not named', () => {
    const scope = { partition: 'aws-iso', accounts: [ACCOUNT], regions: [], filters: {} };
    const [resource] = one(
      reportOf({ findings: [finding({ resource: { region: 'global' } })], header: { scope } }),
    ).Resources!;
    expect(resource).not.toHaveProperty('Region');
    expect(resource).not.toHaveProperty('Partition');
  });

  it.each(Object.entries(HOSTILE))('stays within the limits, and nothing hides, with %s', (_name, hostile) => {
    for (const found of findingsAsff(hostileReport(hostile))) {
      expect(beyondLimits(found)).toEqual([]);
      expect(JSON.stringify(found)).not.toMatch(/\p{C}/u);
    }
  });
});

/** Everything that can hold a text holds this one, and every list is longer than the format takes. */
function hostileReport(hostile: string): Report {
  const tags = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`${index}${hostile}`, `${index}${hostile}`]),
  );
  const resource = { id: hostile, arn: hostile, region: hostile, type: hostile, tags };
  const waiver = { owner: hostile, reason: hostile, ticket: hostile, expires: '2026-06-30' };
  const cause = { kind: 'resource-changed', before: hostile, after: hostile } as const;
  const told = { message: hostile, resource, cause, owner: hostile, variant: hostile, evidence: hostile };
  const requirements = Array.from({ length: 40 }, (_, index) => ({
    ref: `${index}${hostile}`,
    checks: [CHECK],
    notAsked: 0,
  }));
  return reportOf({
    findings: [
      finding({ ...told, waiver, change: 'waived' }),
      finding({ ...told, status: 'UNKNOWN', gap: { ...DENIED, operation: hostile, detail: hostile } }),
      finding({ ...told, status: 'SKIP', change: 'resolved' }),
    ],
    checks: [checkInfo(CHECK, { title: hostile, why: hostile, fix: hostile })],
    header: { run: hostile, tool: hostile, frameworks: [{ id: 'x', name: hostile, requirements }] },
  });
}

/** Reads findings; prints what AWS's own model of the service has against them, and the resource types that it knows. */
const JUDGE = `
import json, re, sys
import botocore.session
from botocore.validate import ParamValidator
model = botocore.session.get_session().get_service_model('securityhub')
shape = model.operation_model('BatchImportFindings').input_shape
wrong = []
def walk(shape, value, path):
    if shape.type_name == 'structure':
        for name, member in value.items(): walk(shape.members[name], member, path + '.' + name)
    elif shape.type_name == 'list':
        for item in value: walk(shape.member, item, path)
    elif shape.type_name == 'map':
        for key, item in value.items(): walk(shape.key, key, path); walk(shape.value, item, path)
    elif shape.type_name == 'string':
        if shape.enum and value not in shape.enum: wrong.append(path + ': ' + value)
        pattern = shape.metadata.get('pattern')
        if pattern and not re.search(pattern, value): wrong.append(path + ': ' + repr(value))
for finding in json.load(sys.stdin):
    report = ParamValidator().validate({'Findings': [finding]}, shape)
    if report.has_errors(): wrong.append(report.generate_report())
    else: walk(shape, {'Findings': [finding]}, '')
print(json.dumps({'wrong': wrong, 'types': list(model.shape_for('ResourceDetails').members)}))
`;

async function judged(findings: readonly object[]): Promise<{ wrong: string[]; types: string[] }> {
  const python = spawn('python3', ['-c', JUDGE], { stdio: ['pipe', 'pipe', 'inherit'] });
  python.stdin.end(JSON.stringify(findings));
  const [out] = await Promise.all([text(python.stdout), once(python, 'exit')]);
  return JSON.parse(out) as { wrong: string[]; types: string[] };
}

// moto brings botocore.
describe.skipIf(!(await isInstalled('moto_server')))('AWS’s own model', () => {
  it('has nothing against any finding, and knows every type of resource', async () => {
    const plain = reportOf({
      findings: [
        finding(),
        finding({ status: 'PASS' }),
        finding({ status: 'UNKNOWN', gap: DENIED, resource: { region: 'global' } }),
      ],
      gone: [gone(), gone({ change: 'unseen' })],
    });
    const reports = [plain, ...Object.values(HOSTILE).map(hostileReport)];
    const { wrong, types } = await judged(reports.flatMap((report) => findingsAsff(report)));
    expect(wrong).toEqual([]);
    const account = 'AwsAccount';
    expect(Object.values(RESOURCE_TYPES).filter((type) => type !== account && !types.includes(type))).toEqual([]);
  });

  it('would have something against a wrong one', async () => {
    const [good] = findingsAsff(reportOf({ findings: [finding()] }));
    const bad = [
      { ...good, Extra: 1 },
      { ...good, Resources: undefined },
      { ...good, RecordState: 'GONE' },
      { ...good, Title: ' ' },
    ];
    expect((await judged(bad)).wrong).toHaveLength(4);
  });
});
