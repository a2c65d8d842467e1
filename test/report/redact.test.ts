import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../lib/core/model.ts';
import { FORMATS } from '../../lib/core/formats.ts';
import { notJudged } from '../../lib/report/digest.ts';
import { findingsJson } from '../../lib/report/json.ts';
import schema from '../../schemas/findings.schema.json' with { type: 'json' };
import { reportFiles } from '../../lib/report/files.ts';
import { chosenFiles } from '../../lib/report/formats.ts';
import { redacted } from '../../lib/report/redact.ts';
import { pseudonyms } from '../../lib/report/redact/pseudonyms.ts';
import { terminalSummary } from '../../lib/report/terminal.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { audited, NOW, useEmulator } from '../support/audited.ts';
import { ACCOUNT, checkInfo, finding, gone, reportOf } from '../support/report.ts';

const KEY = Buffer.alloc(32, 7);

/** Everything that somebody could read: each file, and what is packed into it. */
const PACKED = /[A-Za-z0-9+/=]{100,}/g;

async function outputs(report: Report): Promise<string> {
  const files = [...reportFiles(report), ...(await chosenFiles(report, FORMATS))];
  const texts = files.map(({ body }) => (typeof body === 'string' ? body : Buffer.from(body).toString()));
  const packed = texts.flatMap((text) => (text.match(PACKED) ?? []).map(unpacked));
  // What is packed may hold any four letters in a row.
  const plain = texts.map((text) => text.replaceAll(PACKED, ''));
  return [...plain, ...packed, terminalSummary(report), JSON.stringify(report)].join('\n');
}

function unpacked(base64: string): string {
  try {
    return inflateRawSync(Buffer.from(base64, 'base64')).toString();
  } catch {
    return '';
  }
}

describe('a redacted report', () => {
  const bucket = finding({
    resource: { id: 'acme-payroll', arn: 'arn:aws:s3:::acme-payroll', tags: { Name: 'Payroll', team: 'Zebra' } },
    message: 'bucket acme-payroll is public through 203.0.113.7',
    evidence: {
      ways: ['ACL'],
      bucket: 'acme-payroll',
      sources: ['203.0.113.7/32', '0.0.0.0/0', '10.1.2.3'],
      actions: ['s3:GetObject'],
    },
    owner: 'Zebra',
  });
  const other = finding({
    resource: { id: 'acme-logs', arn: 'arn:aws:s3:::acme-logs' },
    message: 'access to bucket acme-payroll is logged to acme-logs',
    basis: 'abcdefghijkl',
  });
  const one = redacted(reportOf({ findings: [bucket, other] }), KEY);
  const [first, second] = one.findings as [StoredFinding, StoredFinding];

  it('is readable still', () => {
    expect(first.message).toMatch(/^bucket (name-[a-z0-9]{12}) is public through public-ip-[a-z0-9]{12}$/);
    expect(first.evidence).toEqual({
      ways: ['ACL'],
      bucket: first.resource.id,
      sources: [expect.stringMatching(/^public-ip-\w+\/32$/), '0.0.0.0/0', expect.stringMatching(/^private-ip-\w+$/)],
      actions: ['s3:GetObject'],
    });
    expect(first).toMatchObject({ check: bucket.check, status: 'FAIL', severity: 'high', at: bucket.at });
    expect(first.resource).toMatchObject({ type: 'AWS::S3::Bucket', region: 'eu-west-1' });
    expect(first.resource.account).toMatch(/^\d{12}$/);
    expect(first.resource.account).not.toBe(ACCOUNT);
  });
  it('calls a thing the same wherever it stands', () => {
    expect(first.resource.arn).toBe(`arn:aws:s3:::${first.resource.id}`);
    expect(second.message).toBe(`access to bucket ${first.resource.id} is logged to ${second.resource.id}`);
    expect(first.owner).toBe(first.resource.tags!['team']);
    expect(one.header.scope.accounts).toEqual([first.resource.account]);
    expect(one.header.accounts[0]!.account).toBe(first.resource.account);
  });
  it('has other ids of findings and other digests: they could be tried', () => {
    expect(first.id).toMatch(/^[0-9a-f]{16}$/);
    expect(first.id).not.toBe(bucket.id);
    expect(second.basis).not.toBe(other.basis);
  });
  it('is another one with another key, and the same with the same', () => {
    const again = (key: Uint8Array) => redacted(reportOf({ findings: [bucket, other] }), key);
    expect(again(KEY)).toEqual(one);
    expect(again(Buffer.alloc(32, 8)).findings[0]!.resource.id).not.toBe(first.resource.id);
  });
  it('agrees with another report of the same key', () => {
    const [alone] = redacted(reportOf({ findings: [bucket] }), KEY).findings;
    expect(alone).toEqual(first);
  });
  it('can be redacted of what is ordinary: a bucket called public', () => {
    const odd = finding({ resource: { id: 'public', arn: 'arn:aws:s3:::public' }, message: 'bucket public is open' });
    const far = finding({ message: 'this is public' });
    const [a, b] = redacted(reportOf({ findings: [odd, far] }), KEY).findings as [StoredFinding, StoredFinding];
    expect(a.message).toBe(`bucket ${a.resource.id} is open`);
    expect(b.message).toBe('this is public');
  });
  it('leaves the texts of checks alone, and not what they were told to look for', () => {
    const info = checkInfo('s3-bucket-not-public', {
      params: { trustedAccounts: ['999988887777'], maxDays: 3, mode: 'enforce', names: ['acme-x'] },
    });
    const { checks } = redacted(reportOf({ findings: [bucket], checks: [info] }), KEY).header;
    expect(checks[0]).toMatchObject({
      title: info.title,
      why: info.why,
      fix: info.fix,
      params: { maxDays: 3, mode: 'enforce' },
    });
    expect(JSON.stringify(checks)).not.toMatch(/999988887777|acme/);
  });
  it('keeps a list that could not be read recognisable', () => {
    const arn = `ronda:${ACCOUNT}:eu-west-1:AWS::S3::Bucket`;
    const list = finding({ status: 'UNKNOWN', resource: { id: 'AWS::S3::Bucket in eu-west-1', arn } });
    const { resource } = redacted(reportOf({ findings: [list] }), KEY).findings[0]!;
    expect(resource.id).toBe('AWS::S3::Bucket in eu-west-1');
    expect(resource.arn).toBe(`ronda:${resource.account}:eu-west-1:AWS::S3::Bucket`);
  });
});

describe('a pseudonym', () => {
  const stand = pseudonyms(KEY);
  it.each([
    ['an account', '012345678901', /^\d{12}$/],
    ['an id of EC2', 'vpc-0123456789abcdef0', /^vpc-[0-9a-f]{17}$/],
    ['an old id of EC2', 'i-1a2b3c4d', /^i-[0-9a-f]{17}$/],
    ['a UUID', '96584038-1640-4e66-aba2-175f8eff8b53', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/],
    ['an organisation', 'o-h4rb0ur7k2', /^o-[a-z0-9]{12}$/],
    ['an access key', 'AKIAIOSFODNN7EXAMPLE', /^AKIA[A-Z0-9]{17}$/],
    ['a mail address', 'a.b@acme.example', /^mail-[a-z0-9]{12}$/],
    ['a host', 'www.acme.example', /^host-[a-z0-9]{12}$/],
    ['an address', '192.168.7.9', /^private-ip-[a-z0-9]{12}$/],
    ['a network', '2001:db8:1::/48', /^public-ip-[a-z0-9]{12}\/48$/],
    [
      'a role with a path',
      'arn:aws:iam::111122223333:role/ops/deploy',
      /^arn:aws:iam::\d{12}:role\/name-\w{12}\/name-\w{12}$/,
    ],
    ['a bucket whose name is a kind', 'arn:aws:s3:::image/x', /^arn:aws:s3:::name-\w{12}\/name-\w{12}$/],
    [
      'a log group',
      'arn:aws:logs:eu-west-1:111122223333:log-group:acme:*',
      /^arn:aws:logs:eu-west-1:\d{12}:log-group:name-\w{12}:\*$/,
    ],
    ['anything else', 'Acme & Söhne', /^name-[a-z0-9]{12}$/],
  ])('says what it is: %s', (_what, text, form) => {
    expect(stand.name(text)).toMatch(form);
    expect(stand.name(text)).not.toBe(text);
  });
  it.each([
    ['a region', 'eu-west-1'],
    ['a policy of AWS', 'arn:aws:iam::aws:policy/ReadOnlyAccess'],
    ['a service', 'vpc-flow-logs.amazonaws.com'],
    ['a service-linked role', 'AWSServiceRoleForRDS'],
    ['the world', '0.0.0.0/0'],
    ['the world of IPv6', '::/0'],
    ['nothing', ''],
  ])("is not needed for what is AWS's own: %s", (_what, text) => expect(stand.name(text)).toBe(text));
  it.each(['db-prod-1', 'acme.s3.amazonaws.com', 'eu-payments-1', 'default.acme', 'vpc-flow-logs'])(
    'is needed for what only looks like it: %s',
    (text) => expect(stand.name(text)).not.toBe(text),
  );
  it('of accounts is a permutation: no two meet, and none is kept', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 0, max: 999_999_999_999 }), { minLength: 2, maxLength: 50 }),
        (ids) => {
          const { account } = pseudonyms(KEY);
          const stands = ids.map((id) => account(String(id).padStart(12, '0')));
          expect(new Set(stands).size).toBe(ids.length);
          for (const one of stands) expect(one).toMatch(/^\d{12}$/);
        },
      ),
    );
  });
});

/** Texts that must not be read by others, each with something in it that stands nowhere else. */
const mark = fc.integer({ min: 0, max: 36 ** 6 - 1 }).map((value) => `zq${value.toString(36).padStart(6, '0')}x9`);
const digits = fc.integer({ min: 100_000_000_000, max: 999_999_999_999 }).map(String);
const octet = fc.integer({ min: 11, max: 250 });
const planted = fc.oneof(
  mark,
  mark.map((text) => `acme-${text}.example`),
  mark.map((text) => `${text} & Sons, Ltd`),
  mark.map((text) => `Grüße_${text}/路径:${text}?*`),
  mark.map((text) => `${text}@acme.example`),
  mark.map((text) => `https://${text}.acme.example/${text}?x=1`),
  mark.map((text) => `arn:aws:iam::111122223333:role/${text}/${text}`),
  digits,
  digits.map((id) => `logs-${id}-eu-west-1`),
  digits.map((id) => `arn:aws:sns:eu-west-1:${id}:x`),
  fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.')),
  fc.tuple(octet, octet, octet).map((parts) => `${parts.join('.')}.0/24`),
  fc.tuple(octet, octet).map(([a, b]) => `2001:db8:${a.toString(16)}:${b.toString(16)}::1`),
  fc.stringMatching(/^vpc-[0-9a-f]{17}$/),
  fc.stringMatching(/^o-[a-z0-9]{12}$/),
  fc.stringMatching(/^AROA[A-Z0-9]{17}$/),
  fc.uuid(),
);
/** What of a planted text may nowhere be read: for composed ones, the telling part. */
const tellingIn = (text: string): string =>
  /zq[0-9a-z]{6}x9/.exec(text)?.[0] ?? /\d{12}/.exec(text)?.[0] ?? text.replace(/\/24$/, '');

const sentence = fc
  .tuple(
    fc.constantFrom(
      'bucket % is public',
      'lets in %',
      'it trusts % (medium: they are named)',
      '%: all actions',
      'x"%"',
      'from % to %',
    ),
    planted,
    planted,
  )
  .map(([template, a, b]) => ({ text: template.replace('%', () => a).replace('%', () => b), planted: [a, b] }));
const evidence: fc.Arbitrary<Json> = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    planted,
    fc.integer(),
    fc.constantFrom('Enabled', 's3:GetObject', null, true),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(fc.oneof(fc.constantFrom('name', 'kind', 'sources', 'statement'), planted), tie('json'), {
      maxKeys: 3,
    }),
  ),
})).json;

const findings = fc.array(
  fc.record({
    id: planted,
    arn: planted,
    tag: planted,
    owner: planted,
    message: sentence,
    evidence,
    reason: planted,
    ticket: planted,
    detail: sentence,
    before: evidence,
    status: fc.constantFrom('FAIL' as const, 'PASS' as const, 'UNKNOWN' as const),
    isWaived: fc.boolean(),
  }),
  { minLength: 1, maxLength: 4 },
);

it('whatever is found, nothing that was planted is in any format', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(findings, digits, planted, async (all, account, filter) => {
      const waiver = ({ owner, reason, ticket }: (typeof all)[number]) => ({
        owner,
        reason,
        ticket,
        expires: '2027-01-01',
      });
      const made = all.map((one) =>
        finding({
          status: one.status,
          message: one.message.text,
          evidence: one.evidence,
          owner: one.owner,
          resource: { id: one.id, arn: one.arn, account, tags: { team: one.tag } },
          ...(one.status === 'UNKNOWN' && {
            gap: { reason: 'failed', operation: 's3:GetObject', detail: one.detail.text },
          }),
          ...(one.status === 'FAIL' && one.isWaived && { waiver: waiver(one), change: 'waived' as const }),
          change: 'new',
          cause: { kind: 'resource-changed', before: one.before, after: one.message.text },
        }),
      );
      const report = reportOf({
        findings: made,
        accounts: [account],
        gone: all.map(({ arn, owner }) => gone({ arn, owner })),
        checks: [checkInfo('s3-bucket-not-public', { params: { names: all.map(({ tag }) => tag) } })],
        header: {
          scope: {
            partition: 'aws',
            accounts: [account],
            names: { [account]: filter },
            regions: ['eu-west-1'],
            filters: { tag: `team=${filter}` },
          },
          waivers: all.map((one) => ({
            waiver: {
              check: 's3-*',
              resource: one.arn,
              accounts: [account],
              tags: { team: one.tag },
              state: '0123456789ab',
              ...waiver(one),
            },
            covers: 1,
            outlived: 0,
          })),
        },
      });
      const texts = all.flatMap((one) => [
        one.id, one.arn, one.tag, one.owner, one.reason, one.ticket, ...one.message.planted, ...one.detail.planted,
        ...strings(one.evidence), ...strings(one.before),
      ]); // prettier-ignore
      const output = await outputs(redacted(report, KEY));
      const secrets = new Set([...texts, account, filter].filter((text) => !isOpen(text)).map(tellingIn));
      expect([...secrets].filter((secret) => output.includes(secret))).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const isOpen = (text: string): boolean =>
  ['Enabled', 's3:GetObject', 'name', 'kind', 'sources', 'statement'].includes(text);

function strings(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, item]) => [...(Array.isArray(value) ? [] : [key]), ...strings(item)]);
}

describe('of the example account', () => {
  let emulator: Emulator;
  let report: Report;
  beforeAll(async () => {
    emulator = await startEmulator({ now: NOW, profile: { credentialReportPolls: 0 } });
    useEmulator(emulator);
    report = await audited();
  }, 60_000);
  afterAll(() => emulator.close());

  it('no name of the company, no account, no address of its own is left', async () => {
    const output = await outputs(redacted(report, KEY));
    expect(output).not.toMatch(/harbour|h4rb|203\.0\.113\./i);
    const accounts = ['111122223333', '444455556666', '777788889999', '888877776666', '222233334444'];
    expect(accounts.filter((account) => output.includes(account))).toEqual([]);
  });
  it('no resource is called by its name, nor in a message where it stands alone', () => {
    const GIVEN = /^(?:[a-z]{2}-[a-z]+-\d|AWS.*|\d{12}|external-access|default.*)$/;
    const names = [...new Set(report.findings.map(({ resource }) => resource.id))].filter(
      (id) => !GIVEN.test(id) && /[^a-z]/.test(id),
    );
    expect(names.length).toBeGreaterThan(100);
    const { findings: told } = redacted(report, KEY);
    const texts = told
      .map(({ resource, message, evidence: shown }) => JSON.stringify([resource, message, shown]))
      .join('\n');
    expect(names.filter((name) => texts.includes(JSON.stringify(name).slice(1, -1)))).toEqual([]);
    for (const one of report.findings.filter(({ message }) => /harbour|its cluster/.test(message)).slice(0, 40)) {
      const { message } = redacted({ ...report, findings: [one] }, KEY).findings[0]!;
      expect(message).toMatch(/name-[a-z0-9]{12}/);
    }
  });
  it('what could not be judged is grouped by cause as before', () => {
    const groups = (of: Report) => notJudged(of).map(({ findings: own }) => own.length);
    const told = redacted(report, KEY);
    expect(groups(told)).toEqual(groups(report));
    expect(told.header.summary.gaps.map(({ operation }) => operation)).toEqual(
      report.header.summary.gaps.map(({ operation }) => operation),
    );
  });
  it('findings.json keeps to its schema', () => {
    const ajv = new Ajv2020({ strict: true, allErrors: true });
    formats.default(ajv);
    const isValid = ajv.compile(schema);
    isValid(JSON.parse(findingsJson(redacted(report, KEY))));
    expect(isValid.errors).toBeNull();
  });
  it('most sentences stay as they are', () => {
    const { findings: told } = redacted(report, KEY);
    const same = told.filter(({ message }, index) => message === report.findings[index]!.message).length;
    expect(same / told.length).toBeGreaterThan(0.9);
  });
});
