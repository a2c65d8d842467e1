import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { checks } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import { actionsFor, selectionOf } from '../../lib/aws/permissions.ts';
import { PLAN_ACTIONS } from '../../lib/aws/plan.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import { ronda } from '../support/command.ts';
import { isInstalled, resolved, root, run, type Statement, type Template } from './_stack.ts';

const CFN_LINT = await isInstalled('cfn-lint');
const MEMBER_ROLE = 'infra/member-role.yml';
const HOME = '111122223333';
const GIVEN = { AuditAccount: HOME, ExternalId: 'the-id-of-the-stack', Boundary: '', People: '' };

const registered: readonly AnyCheck[] = checks;
const actionsOf = (chosen: readonly AnyCheck[]) =>
  [...new Set([...PLAN_ACTIONS, ...actionsFor(selectionOf(chosen), resources)])].toSorted();
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const statementsIn = (template: Template) =>
  template.Resources['MemberRole']!.Properties.Policies[0].PolicyDocument.Statement as Statement[];

let folder: string;
/** The template for every check, and that for a few: the same role, which may do less. */
const texts = { whole: read(MEMBER_ROLE), few: '' };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ronda-member-role-'));
  ({ out: texts.few } = await ronda('role', '--member', '--services', 's3'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each<[keyof typeof texts, readonly AnyCheck[]]>([
  ['whole', registered],
  ['few', registered.filter(({ id }) => id.startsWith('s3-'))],
])('the member role (%s)', (name, chosen) => {
  let template: Template;
  let properties: Readonly<Record<string, any>>;
  const withChoices = (choices: object) =>
    resolved(template.Resources['MemberRole']!.Properties, template, { ...GIVEN, ...choices });
  beforeAll(() => {
    template = parse(texts[name]) as Template;
    properties = withChoices({});
  });

  it('may list and read what its checks read, and is denied all reading of data', () => {
    const [reads, never, ...others] = statementsIn(template);
    expect(others).toEqual([]);
    expect(reads).toEqual({
      Sid: 'ReadConfiguration',
      Effect: 'Allow',
      Action: actionsOf(chosen),
      Resource: '*',
    });
    const whole = JSON.parse(read('infra/scan-role-policy.json')) as { Statement: Statement[] };
    expect(never).toEqual(whole.Statement.find(({ Effect }) => Effect === 'Deny'));
    expect([whole.Statement[0]!.Action].flat()).toEqual(expect.arrayContaining([reads!.Action].flat()));
  });

  it('is all that the template makes, and has nothing else', () => {
    expect(Object.keys(template.Resources)).toEqual(['MemberRole']);
    expect(Object.keys(properties).toSorted()).toEqual([
      'AssumeRolePolicyDocument',
      'Description',
      'MaxSessionDuration',
      'Policies',
      'RoleName',
    ]);
    expect(properties).toMatchObject({ RoleName: 'ronda-member', MaxSessionDuration: 3600 });
    expect(properties['Policies']).toHaveLength(1);
  });

  const trusted = ['PlanRole', 'CollectRole', 'DoctorRole'].map(
    (role) => `arn:aws:iam::${HOME}:role/ronda-dev-${role}-*`,
  );
  const people = `arn:aws:iam::${HOME}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Security_*`;
  it.each([
    ['functions of the stack', {}, trusted],
    ['people, where somebody names them', { People: people, AlsoTrusted: people }, [...trusted, people]],
    [
      'functions of a stack with a name of its own',
      { AuditStack: 'watch' },
      trusted.map((arn) => arn.replace('ronda-dev', 'watch')),
    ],
  ])('trusts %s, with the external id', (_, choices, arns) => {
    expect(withChoices(choices)['AssumeRolePolicyDocument']).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'OnlyTheRunOfTheAuditAccount',
          Effect: 'Allow',
          Principal: { AWS: `arn:aws:iam::${HOME}:root` },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'sts:ExternalId': 'the-id-of-the-stack' },
            ArnLike: { 'aws:PrincipalArn': arns },
          },
        },
      ],
    });
  });

  it('has a boundary where one is asked for', () => {
    const boundary = `arn:aws:iam::${HOME}:policy/boundary`;
    expect(withChoices({ Boundary: boundary, PermissionsBoundary: boundary })['PermissionsBoundary']).toBe(boundary);
  });

  it('asks who deploys it for the account and the external id, and for nothing else', () => {
    const asked = Object.entries(template.Parameters).filter(([, parameter]) => !('Default' in parameter));
    expect(asked.map(([parameter]) => parameter)).toEqual(['AuditAccount', 'ExternalId']);
  });

  // AWS IAM user guide, "IAM and AWS STS quotas" (white space not counted); CloudFormation API reference, CreateStackSet.
  it('fits: policy, trust and template', () => {
    expect(JSON.stringify(properties['Policies'][0].PolicyDocument).length).toBeLessThanOrEqual(10_240);
    const longest = withChoices({ AuditStack: 'a'.repeat(50), People: people, AlsoTrusted: people });
    expect(JSON.stringify(longest['AssumeRolePolicyDocument']).length).toBeLessThanOrEqual(2048);
    expect(Buffer.byteLength(texts[name])).toBeLessThanOrEqual(51_200);
  });

  it.skipIf(!CFN_LINT)('has no complaint of cfn-lint', async () => {
    const file = join(folder, `${name}.yml`);
    await writeFile(file, texts[name]);
    const { stdout } = await run('cfn-lint', ['--format', 'json', '--non-zero-exit-code', 'none', '--', file]);
    expect(JSON.parse(stdout || '[]')).toEqual([]);
  });
});

it('a few checks need less than all of them', () => {
  const [few, whole] = [texts.few, texts.whole].map(
    (text) => [statementsIn(parse(text) as Template)[0]!.Action].flat().length,
  );
  expect(few).toBeLessThan(whole! / 2);
});

it('the roles that it trusts are those of the stack, and its name is the one that the command line expects', async () => {
  const made = new Set(
    ['infra/roles.yml', 'infra/doctor.yml'].flatMap((path) =>
      [...read(path).matchAll(/^ {2}(\w+):\n {4}Type: AWS::IAM::Role$/gm)].map(([, role]) => role!),
    ),
  );
  const named = [...texts.whole.matchAll(/role\/\$\{AuditStack\}-(\w+)-\*/g)].map(([, role]) => role!);
  expect(named).toHaveLength(3);
  expect(named.filter((role) => !made.has(role))).toEqual([]);
  const { out } = await ronda('audit', '--help');
  expect(out).toMatch(/--member-role .*\n?.*default:\s+"ronda-member"/);
});
