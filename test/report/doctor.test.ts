import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { doctorJson, doctorText } from '../../lib/report/doctor.ts';
import type { AccountHealth, ActionHealth, DoctorReport, Obstacle, Statement } from '../../lib/run/doctor/model.ts';
import { isAccountWell } from '../../lib/run/doctor/model.ts';
import { patchOf } from '../../lib/run/doctor/patch.ts';
import { HOSTILE } from '../support/report.ts';

const ACCOUNT = '111122223333';
const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/ronda/night`;
const works = (action: string): ActionHealth => ({ action, state: 'works' });
const lacking = (action: string): ActionHealth => ({
  action,
  state: 'denied',
  detail: 'access denied',
  refusal: { kind: 'identity-based policy', isExplicit: false },
});
const healthy: AccountHealth = {
  account: ACCOUNT,
  regions: [
    { region: 'eu-west-1', state: 'answers' },
    { region: 'us-east-1', state: 'answers' },
  ],
  probed: 'eu-west-1',
  actions: [works('s3:A'), works('s3:B'), { action: 's3:C', state: 'not-tried', untried: 'nothing-there' }],
  unread: [],
  unknown: [],
};

function reportOf(accounts: readonly AccountHealth[], parts: DoctorReport['parts'] = []): DoctorReport {
  const roles = { account: ACCOUNT, caller: CALLER, member: 'ronda-member', again: 'ronda doctor' };
  return {
    tool: 'ronda 9.9.9',
    at: '2026-06-01T02:00:00.000Z',
    account: ACCOUNT,
    caller: CALLER,
    checks: 134,
    regionalChecks: 90,
    isWell: accounts.every(isAccountWell) && parts.every(({ state }) => state === 'works'),
    accounts,
    parts,
    patch: patchOf(accounts, parts, roles),
  };
}
const textOf = (report: DoctorReport, width = 100) => doctorText(report, { color: false, width });
/** The policies in a text, as somebody would copy them. */
const policiesIn = (text: string) =>
  [...text.matchAll(/^\{ "Version"[^]*?^ {2}\].* \] \}$/gm)].map(
    ([json]) => JSON.parse(json) as { Version: string; Statement: Statement[] },
  );

describe('the words of the doctor', () => {
  it('of an account that is well', () => {
    const parts = [{ name: 'reports', state: 'works', detail: 's3://x is listed, written and read' }] as const;
    expect(textOf(reportOf([healthy], parts))).toBe(`ronda 9.9.9 doctor: all is well

111122223333  entered as ${CALLER}
  actions   2 of 3 actions work, 1 found nothing to be tried on
  regions   2 of 2 answer; everything was tried in eu-west-1

ok        reports      s3://x is listed, written and read
`);
  });
  it('of one with few problems fit on a screen, with a policy that can be copied', () => {
    const ill: AccountHealth = {
      ...healthy,
      regions: [
        { region: 'eu-west-1', state: 'answers' },
        { region: 'eu-west-3', state: 'blocked', refusal: { kind: 'service control policy', isExplicit: true } },
        { region: 'me-south-1', state: 'failed', detail: 'Unreachable: no answer from ec2 in me-south-1' },
      ],
      actions: [
        works('s3:A'),
        lacking('s3:B'),
        { action: 's3:C', state: 'not-tried', untried: 'behind' },
        { action: 'kms:X', state: 'blocked', refusal: { kind: 'resource control policy', isExplicit: true } },
        { action: 'kms:Y', state: 'failed', detail: 'InternalFailure: oh' },
      ],
      unread: [{ type: 'AWS::S3::Bucket', facet: 'policy', detail: 'odd' }],
      unknown: ['s3-one', 's3-two', 's3-three'],
    };
    const report = reportOf([ill], [{ name: 'topic', state: 'missing', detail: 'nobody listens' }]);
    const text = textOf(report);
    expect(text.split('\n').length).toBeLessThanOrEqual(30);
    expect(policiesIn(text)).toEqual([
      {
        Version: '2012-10-17',
        Statement: [{ Sid: 'ReadConfiguration', Effect: 'Allow', Action: ['s3:B', 's3:C'], Resource: '*' }],
      },
    ]);
    expect(text).toMatch(/^ronda 9\.9\.9 doctor: something is missing \(1 account, topic\)\n/);
    for (const words of [
      '  actions   1 of 5 actions work, 1 could not be reached\n',
      '  denied    s3:B\n',
      '  blocked   by the organisation: kms:X\n',
      '  failed    kms:Y (InternalFailure: oh)\n',
      '  unread    AWS::S3::Bucket policy (odd)\n',
      '  regions   blocked by the organisation: eu-west-3\n',
      '  regions   no answer: me-south-1 (Unreachable: no answer from ec2 in me-south-1)\n',
      '            where 90 checks are UNKNOWN\n',
      '  UNKNOWN   3 of 134 checks: s3-one, s3-two, s3-three\n',
      'of how many resources, only an audit can tell\n',
      'missing   topic        nobody listens\n',
      'The organisation must lift it: a service control policy denies everything in eu-west-3, in 111122223333\n',
      'The organisation must lift it: a resource control policy denies kms:X, in 111122223333\n',
      '  aws iam put-role-policy --role-name ronda --policy-name ronda-missing --policy-document file://ronda-missing.json\n',
      '  ronda doctor\n',
    ])
      expect(text).toContain(words);
  });
  it('of very many actions give one policy with all of them', () => {
    const actions = Array.from({ length: 200 }, (_, index) => lacking(`s3:Get${index}`));
    const text = textOf(reportOf([{ ...healthy, actions }]));
    expect(new Set(policiesIn(text)[0]!.Statement[0]!.Action)).toEqual(new Set(actions.map(({ action }) => action)));
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
  });
  it('of accounts with the same trouble tell it once', () => {
    const closed = (account: string): AccountHealth => ({
      account,
      closed: { reason: 'denied', operation: 'sts:AssumeRole', detail: 'no' },
      regions: [],
      actions: [],
      unread: [],
      unknown: ['a'],
    });
    const accounts = Array.from({ length: 40 }, (_, index) => closed(String(200_000_000_000 + index)));
    const text = textOf(reportOf([healthy, ...accounts]));
    expect(text).toContain('41 accounts, 1 of them without a problem\n');
    expect(text).toContain('200000000000, 200000000001, 200000000002 and 37 more\n  closed    sts:AssumeRole: no\n');
    expect(text).toContain('RoleName=ronda-member (again) to 200000000000, 200000000001, 200000000002 and 37 more\n');
    expect(text.split('\n').length).toBeLessThanOrEqual(20);
  });
  it('of accounts that each have a trouble of their own are cut, and say so', () => {
    const accounts = Array.from({ length: 40 }, (_, index) => ({
      ...healthy,
      account: String(200_000_000_000 + index),
      actions: [lacking(`s3:Own${index}`)],
    }));
    const text = textOf(reportOf(accounts));
    expect(text).toContain('and 35 more accounts with other problems: --json\n');
    expect(text).toContain('and 35 further policies: --json\n');
  });
  it.each([
    ['permissions boundary', false, 'Must allow it: a permissions boundary does not allow s3:B, in 111122223333'],
    ['identity-based policy', true, 'Must let it through: an identity-based policy denies s3:B, in 111122223333'],
    ['VPC endpoint policy', false, 'Must allow it: a VPC endpoint policy does not allow s3:B, in 111122223333'],
  ] as const)('a %s (explicit: %s) is no matter of an allowance', (kind, isExplicit, words) => {
    const action: ActionHealth = { action: 's3:B', state: 'denied', refusal: { kind, isExplicit } };
    const text = textOf(reportOf([{ ...healthy, actions: [action] }]));
    expect(text).toContain(`${words}\n`);
    expect(policiesIn(text)).toEqual([]);
  });
  it("a resource's own policy is named with the resource, and any policy with its ARN", () => {
    const refusal = { kind: 'resource-based policy', isExplicit: true, policy: 'arn:p' } as const;
    const action: ActionHealth = { action: 's3:B', state: 'denied', refusal, resource: 'arn:aws:s3:::b' };
    expect(textOf(reportOf([{ ...healthy, actions: [action] }]))).toContain(
      'a resource-based policy arn:p of arn:aws:s3:::b denies s3:B',
    );
  });
  it.each(Object.entries(HOSTILE))('nothing hostile comes through: %s', (_, hostile) => {
    const obstacle: Obstacle = {
      accounts: [ACCOUNT],
      kind: 'session policy',
      isExplicit: true,
      policy: hostile,
      resource: hostile,
      actions: ['s3:A'],
      regions: [],
    };
    const closed = { reason: 'failed', operation: hostile, detail: hostile } as const;
    const base = reportOf(
      [
        { ...healthy, name: hostile, actions: [{ action: 's3:B', state: 'failed', detail: hostile }] },
        { ...healthy, name: hostile, closed },
        {
          ...healthy,
          unread: [{ type: 'T', detail: hostile }],
          regionsGap: closed,
          regions: [{ region: 'x', state: 'failed', detail: hostile }],
        },
      ],
      [{ name: 'reports', state: 'denied', detail: hostile, denied: { actions: ['s3:X'], resources: [hostile] } }],
    );
    const report = { ...base, caller: hostile, patch: { ...base.patch, obstacles: [obstacle], next: [hostile] } };
    for (const text of [textOf(report), doctorJson(report)]) expect(text).not.toMatch(/[^\n\P{C}]|[\u2028\u2029]/u);
    expect(JSON.parse(doctorJson(report))).toEqual(report);
  });
  it('colours are nothing but colours', () => {
    const report = reportOf([healthy], [{ name: 'topic', state: 'missing', detail: 'nobody listens' }]);
    const coloured = doctorText(report, { color: true, width: 100 });
    expect(coloured).not.toBe(textOf(report));
    expect(stripVTControlCharacters(coloured)).toBe(textOf(report));
  });
});

describe('the next steps', () => {
  const stepsFor = (caller: string, more: object = {}) =>
    patchOf([{ ...healthy, actions: [lacking('s3:B')] }], [], {
      account: ACCOUNT,
      caller,
      again: 'ronda doctor',
      ...more,
    }).next;
  it.each([
    [`arn:aws:sts::${ACCOUNT}:assumed-role/night-watch/me`, /^aws iam put-role-policy --role-name night-watch /],
    [`arn:aws:iam::${ACCOUNT}:user/team/anna`, /^aws iam put-user-policy --user-name anna /],
    [
      `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Audit_1234/me`,
      /permission set of AWSReservedSSO_Audit_1234/,
    ],
    [`arn:aws:iam::${ACCOUNT}:root`, /^# add the statement to the policy of arn:aws:iam::\d+:root$/],
  ])('for %s', (caller, step) => expect(stepsFor(caller)).toEqual([expect.stringMatching(step), 'ronda doctor']));
  it('for the stack are to deploy it', () =>
    expect(stepsFor('x', { isDeployed: true })[0]).toMatch(/^npx --no osls deploy/));
  it('are none where all is well', () =>
    expect(patchOf([healthy], [], { again: 'ronda doctor' })).toEqual({ allow: [], obstacles: [], next: [] }));
});
