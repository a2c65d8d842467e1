import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findingsOcsf } from '../../lib/report/ocsf.ts';
import type { Report } from '../../lib/run/model.ts';
import { ACCOUNT, checkInfo, DENIED, finding, gone, HOSTILE, reportOf } from '../support/report.ts';

const SCHEMA = new URL('schemas/ocsf-1.6-compliance-finding.schema.json', import.meta.url);
const isValid = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(
  JSON.parse(readFileSync(SCHEMA, 'utf8')) as object,
);

function eventsOf(report: Report): any[] {
  const events = JSON.parse(findingsOcsf(report)) as any[];
  isValid(events);
  expect(isValid.errors ?? []).toEqual([]);
  for (const { type_uid, class_uid, activity_id } of events) expect(type_uid).toBe(class_uid * 100 + activity_id);
  return events;
}
const CHECK = 's3-bucket-not-public';

describe('findings.ocsf.json', () => {
  it('is valid without any finding', () => expect(eventsOf(reportOf())).toEqual([]));

  it('says what failed, where, why it matters and how to fix it', () => {
    const one = finding({
      resource: { id: 'a', tags: { team: 'web', empty: '' }, managedBy: 'landing-zone' },
      owner: 'web',
      firstSeen: '2025-12-01T00:00:00.000Z',
      evidence: { policy: ['*'], open: true },
      variant: 'read',
    });
    const checks = [
      checkInfo(CHECK, {
        params: { maxDays: 30, names: ['a', 'b'], isStrict: true, map: { a: ['b'] } },
        reads: ['s3:GetBucketPolicy'],
      }),
    ];
    const frameworks = [
      { id: 'cis', name: 'CIS AWS 7.0', requirements: [{ ref: '2.1.4', checks: [CHECK], notAsked: 1 }] },
      { id: 'fsbp', name: 'FSBP', requirements: [{ ref: 'S3.1', checks: ['other'], notAsked: 0 }] },
    ];
    const [event] = eventsOf(reportOf({ findings: [one], checks, header: { frameworks } }));
    expect(event).toMatchObject({
      class_uid: 2003,
      category_uid: 2,
      activity_id: 2,
      type_uid: 200302,
      severity_id: 4,
      severity: 'High',
      status_id: 1,
      time: Date.parse(one.at),
      message: 'a: the policy lets everyone read',
      metadata: { version: '1.6.0', profiles: ['cloud'], product: { name: 'ronda', version: '0.1.0' } },
      cloud: { provider: 'AWS', region: 'eu-west-1', account: { uid: ACCOUNT, type_id: 10 } },
      finding_info: {
        uid: one.id,
        title: `Title of ${CHECK}`,
        desc: `Why ${CHECK} matters.`,
        first_seen_time: Date.parse('2025-12-01T00:00:00.000Z'),
        created_time: Date.parse('2025-12-01T00:00:00.000Z'),
        analytic: { uid: CHECK, type_id: 1, version: '1a2b3c4d' },
        data_sources: ['s3:GetBucketPolicy'],
      },
      compliance: {
        control: CHECK,
        status_id: 3,
        status_code: 'FAIL',
        standards: ['CIS AWS 7.0'],
        requirements: ['CIS AWS 7.0 2.1.4'],
        control_parameters: [
          { name: 'maxDays', value: '30' },
          { name: 'names', values: ['a', 'b'] },
          { name: 'isStrict', value: 'true' },
          { name: 'map', value: '{"a":["b"]}' },
        ],
      },
      remediation: { desc: 'aws s3 fix --name <name>' },
      resources: [
        {
          uid: 'arn:aws:s3:::a',
          name: 'a',
          type: 'AWS::S3::Bucket',
          region: 'eu-west-1',
          cloud_partition: 'aws',
          owner: { name: 'web' },
          labels: ['managed-by:landing-zone'],
          tags: [
            { name: 'team', value: 'web' },
            { name: 'empty', value: '' },
          ],
        },
      ],
      evidences: [{ data: { policy: ['*'], open: true } }],
      unmapped: { variant: 'read' },
    });
  });

  it.each([
    ['critical', 5],
    ['high', 4],
    ['medium', 3],
    ['low', 2],
    ['informational', 1],
  ] as const)('%s has the severity id %i', (severity, severity_id) =>
    expect(eventsOf(reportOf({ findings: [finding({ severity })] }))).toMatchObject([{ severity_id }]),
  );

  it.each([
    ['new', 'FAIL', 1, 1],
    ['worse', 'FAIL', 2, 1],
    ['unwaived', 'FAIL', 2, 1],
    ['unseen', 'UNKNOWN', 2, 1],
    ['resolved', 'PASS', 3, 4],
    ['resolved', 'SKIP', 3, 4],
    [undefined, 'FAIL', 2, 1],
    [undefined, 'PASS', 2, undefined],
  ] as const)('%s with %s: activity %i, status %s', (change, status, activity_id, status_id) => {
    const [event] = eventsOf(reportOf({ findings: [finding({ status, ...(change && { change }) })] }));
    expect([event.activity_id, event.status_id]).toEqual([activity_id, status_id]);
  });

  it('creates everything on the first run of an account, and of that account alone', () => {
    const findings = [finding({ id: 'a' }), finding({ id: 'b', resource: { account: '222233334444' } })];
    const events = eventsOf(reportOf({ findings, accounts: [ACCOUNT, '222233334444'], firstRunOf: ['222233334444'] }));
    expect(events.map(({ finding_info, activity_id }) => [finding_info.uid, activity_id])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
  });

  it('a SKIP is no event, unless it closes one', () => {
    const findings = [finding({ status: 'SKIP' }), finding({ id: 'x', status: 'SKIP', change: 'resolved' })];
    expect(eventsOf(reportOf({ findings }))).toMatchObject([
      { finding_info: { uid: 'x' }, compliance: { status_id: 99, status: 'Not Applicable', status_code: 'SKIP' } },
    ]);
  });

  it('what could not be judged is a warning that says why and what opens it, and no pass', () => {
    const findings = [finding({ status: 'UNKNOWN', message: 'not known', gap: DENIED })];
    expect(eventsOf(reportOf({ findings }))).toMatchObject([
      {
        status_id: 1,
        compliance: {
          status_id: 2,
          status: 'Warning',
          status_code: 'denied',
          status_details: ['not known', 'access denied', 'allow s3:GetBucketPolicy to the role that reads'],
        },
        unmapped: { gap: DENIED },
      },
    ]);
  });

  it('suppresses what is waived, with who answers for it, why and until when', () => {
    const waiver = { owner: 'web', reason: 'a public site', ticket: 'SEC-1', expires: '2026-06-30' };
    expect(eventsOf(reportOf({ findings: [finding({ waiver, change: 'waived' })] }))).toMatchObject([
      {
        activity_id: 2,
        status_id: 3,
        comment: 'web: a public site (SEC-1), until 2026-06-30',
        compliance: { status_id: 3 },
      },
    ]);
  });

  it('closes what is gone, and does not call it passed; keeps open what could not be listed', () => {
    const lost = [gone({ id: 'a' }), gone({ id: 'b', change: 'unseen' })];
    expect(eventsOf(reportOf({ gone: lost }))).toMatchObject([
      { finding_info: { uid: 'a' }, activity_id: 3, status_id: 4, compliance: { status_id: 99 } },
      {
        finding_info: { uid: 'b' },
        activity_id: 2,
        status_id: 1,
        compliance: { status_id: 2, status_code: 'not-listed', status_details: ['could not be listed'] },
      },
    ]);
  });

  it('an account-wide resource is in no region', () => {
    const [event] = eventsOf(reportOf({ findings: [finding({ resource: { region: 'global' } })] }));
    expect(event.cloud).not.toHaveProperty('region');
    expect(event.resources[0]).not.toHaveProperty('region');
  });

  it('nobody is named where nobody owns it', () =>
    expect(eventsOf(reportOf({ findings: [finding({ owner: 'unowned' })] }))[0].resources[0]).not.toHaveProperty(
      'owner',
    ));

  it('describes a check that the header does not by its id', () =>
    expect(eventsOf(reportOf({ findings: [finding()], checks: [] }))).toMatchObject([
      { finding_info: { title: CHECK } },
    ]));

  it('has one event a line, and the same uid in every run', () => {
    const findings = [finding(), finding()];
    const text = findingsOcsf(reportOf({ findings }));
    expect(text.split('\n')).toHaveLength(5);
    const later = eventsOf(reportOf({ findings, header: { run: 'later', endedAt: '2026-01-02T00:00:00.000Z' } }));
    expect(later.map((event) => event.finding_info.uid)).toEqual(findings.map(({ id }) => id));
    expect(later.map((event) => event.metadata.uid)).toEqual(findings.map(({ id }) => `later/${id}`));
  });

  it.each(Object.entries(HOSTILE))('is valid with %s', (_name, text) => {
    const waiver = { owner: text, reason: text, expires: '2026-06-30' };
    const resource = { id: text, arn: `arn:${text}`, region: text, tags: { [text]: text } };
    const one = { message: text, resource, owner: text, evidence: { [text]: text }, variant: text };
    const checks = [checkInfo(CHECK, { title: text, why: text, fix: text })];
    const findings = [
      finding({ ...one, waiver }),
      finding({ ...one, status: 'UNKNOWN', gap: { ...DENIED, detail: text } }),
    ];
    for (const event of eventsOf(reportOf({ findings, checks }))) {
      expect(event.message).not.toMatch(/\p{C}/u);
      expect(event.resources[0].uid).toBe(`arn:${text}`);
    }
  });

  it('is valid whatever a check puts into its evidence', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (evidence) => {
        eventsOf(reportOf({ findings: [finding({ evidence: evidence as null })] }));
      }),
    );
  });

  it.each([
    ['an unknown attribute', (event: any) => (event.extra = 1)],
    ['another class', (event: any) => (event.class_uid = 2004)],
    ['a missing cloud', (event: any) => delete event.cloud],
    ['a missing uid', (event: any) => delete event.finding_info.uid],
    ['a severity that is none', (event: any) => (event.severity_id = 7)],
    ['a status of compliance that is none', (event: any) => (event.compliance.status_id = 4)],
    ['a time that is text', (event: any) => (event.time = '2026-01-01')],
    ['a resource without a name', (event: any) => (event.resources = [{ type: 'x' }])],
    ['a deprecated attribute', (event: any) => (event.resource = event.resources[0])],
  ])('would not be valid with %s', (_name, change) => {
    const events = eventsOf(reportOf({ findings: [finding()] }));
    change(events[0]);
    expect(isValid(events)).toBe(false);
  });
});
