import { readFileSync } from 'node:fs';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'csv-parse/sync';
import { expect } from 'vitest';
import { create } from 'xmlbuilder2';
import { exchanged } from '../../lib/report/exchange.ts';
import type { Report, StoredFinding } from '../../lib/run/model.ts';
import schema from '../../schemas/findings.schema.json' with { type: 'json' };
import { dataIn } from './_data.ts';

/** One promise of each format about a run: a real reader of it takes it, nothing in it acts, and no finding is lost. */

/** What a terminal, an editor or a reader of lines acts on, or shows as nothing. A line end is none of it. */
const HIDDEN = /[[\p{C}\p{Zl}\p{Zp}]--\n]/v;

/** A text on the terminal. */
export function harmlessText(text: string): void {
  expect(text).not.toMatch(HIDDEN);
  const longest = Math.max(...text.split('\n').map(({ length }) => length));
  expect(longest, 'a line that floods the screen').toBeLessThan(1200);
}

type Reader = (text: string, report: Report) => void;
type Record_ = Readonly<Record<string, any>>;

const idsOf = (findings: readonly Record_[]) => findings.map(({ id }) => id).toSorted();
const isFailing = ({ status, waiver }: StoredFinding): boolean => status === 'FAIL' && !waiver;

const json = new Ajv2020({ strict: true, allErrors: true });
formats.default(json);
const isFindings = json.compile(schema);
const isOcsf = new Ajv2020({ strict: true, allErrors: true, strictRequired: false }).compile(
  fileOf('schemas/ocsf-1.6-compliance-finding.schema.json'),
);
// The schema of SARIF is draft-04, and names patterns that the unicode flag does not allow.
const sarif = new draft04.default({ strict: false, unicodeRegExp: false, allErrors: true });
formats.default(sarif as never);
const isSarif = sarif.compile(fileOf('../../node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'));

function fileOf(path: string): object {
  return JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')) as object;
}

function valid(isValid: { (data: unknown): unknown; errors?: unknown }, data: unknown): void {
  isValid(data);
  expect(isValid.errors ?? []).toEqual([]);
}

/** How each file of a run is read, by its name. */
export const READERS: Readonly<Record<string, Reader>> = {
  'findings.json': (text, { findings }) => {
    expect(text).not.toMatch(HIDDEN);
    const document = JSON.parse(text) as Record_;
    valid(isFindings, document);
    expect(idsOf(document['findings'])).toEqual(idsOf(findings));
  },
  'findings.ndjson': (text, { findings }) => {
    expect(text).not.toMatch(HIDDEN);
    expect(idsOf(text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record_))).toEqual(idsOf(findings)); // prettier-ignore
  },
  'findings.csv': (text, { findings }) => {
    expect(text.replaceAll('\r\n', '\n')).not.toMatch(HIDDEN);
    const rows = parse(text, { columns: true, record_delimiter: '\r\n' }) as Record<string, string>[];
    expect(idsOf(rows)).toEqual(idsOf(findings));
    expect(rows.flatMap((row) => Object.values(row)).filter((cell) => /^[=+\-@\t\r＝＋－＠]/.test(cell))).toEqual([]);
  },
  'index.html': (text, { findings }) => {
    const { ids, gone } = dataIn(text);
    const listed = findings.filter(({ status, change }) => status === 'FAIL' || status === 'UNKNOWN' || change);
    expect([...ids].toSorted()).toEqual(idsOf(listed));
    expect(gone.length).toBeGreaterThan(0);
    expect(text.replaceAll(/[\n\t]/g, '')).not.toMatch(HIDDEN);
    expect(text).toMatch(/content-security-policy" content="default-src (?:'|&#39;|&apos;)none/);
  },
  'findings.md': (text, { findings }) => {
    expect(text).not.toMatch(HIDDEN);
    expect(text.length).toBeLessThanOrEqual(65_536);
    // Neither HTML nor entity, link, mention, style, code, mathematics, emoji, nor a reference to an issue.
    expect(text.replaceAll(/`[^`\n]+`/g, 'CODE').replaceAll(/^#{3,4} /gm, '')).toMatch(/^[^<>&[\]@*_~`$\\^{}!#]*$/);
    const rows = text.split('\n').filter((line) => line.startsWith('| ') && !/^\| (?:Severity|Asked|---)/.test(line));
    const failures = rows.filter((row) => row.slice(2, -2).split(' | ').length === 6).length;
    const more = Number(/^([\d,]+) more findings? in the report/m.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
    expect(failures + more).toBe(findings.filter(isFailing).length);
  },
  'junit.xml': (text, { findings }) => {
    // What XML 1.0 does not allow in any form.
    expect(text).not.toMatch(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u);
    expect(text).not.toMatch(HIDDEN);
    const cases = create(text).filter(({ node }) => node.nodeName === 'testcase', false, true);
    expect(cases).toHaveLength(findings.length);
  },
  'findings.sarif': (text, { findings }) => {
    expect(text).not.toMatch(HIDDEN);
    const log = JSON.parse(text) as Record_;
    valid(isSarif, log);
    const results = (log['runs'][0].results as Record_[]).map((one) => ({
      id: one['partialFingerprints']['rondaFinding/v1'] as string,
    }));
    expect(idsOf(results)).toEqual(idsOf(findings.filter(({ status }) => status === 'FAIL')));
  },
  'findings.ocsf.json': (text, report) => {
    expect(text).not.toMatch(HIDDEN);
    const events = JSON.parse(text) as Record_[];
    valid(isOcsf, events);
    expect(events.map((event) => event['finding_info'].uid).toSorted()).toEqual(idsOf(exchanged(report)));
  },
  'findings.asff.json': (text, report) => {
    expect(text).not.toMatch(HIDDEN);
    const found = JSON.parse(text) as Record_[];
    expect(found).toHaveLength(exchanged(report).length);
    // Security Hub takes no finding of more than 240 KB.
    for (const one of found) expect(Buffer.byteLength(JSON.stringify(one))).toBeLessThan(240_000);
  },
};
