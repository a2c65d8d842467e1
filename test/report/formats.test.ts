import { expect, it } from 'vitest';
import { type Format, FORMATS } from '../../lib/core/formats.ts';
import { chosenFiles } from '../../lib/report/formats.ts';
import { finding, reportOf } from '../support/report.ts';

const report = reportOf({ findings: [finding()] });

it('writes nothing that nobody asked for', async () => expect(await chosenFiles(report)).toEqual([]));

it.each<[Format, string, string, RegExp]>([
  ['sarif', 'findings.sarif', 'application/sarif+json', /"version": "2\.1\.0"/],
  ['junit', 'junit.xml', 'application/xml', /^<\?xml [^]*<testsuites /],
  ['ocsf', 'findings.ocsf.json', 'application/json; charset=utf-8', /^\[\n\{"activity_id":2,/],
  ['asff', 'findings.asff.json', 'application/json; charset=utf-8', /^\[\n\{"SchemaVersion":"2018-10-08",/],
  ['markdown', 'findings.md', 'text/markdown; charset=utf-8', /^### Ronda: 1 high/],
  ['ndjson', 'findings.ndjson', 'application/x-ndjson', /^\{"id":/],
])('%s is %s', async (format, name, contentType, body) =>
  expect(await chosenFiles(report, [format])).toEqual([{ name, contentType, body: expect.stringMatching(body) }]),
);

it('writes all of them at once, each once', async () => {
  const files = await chosenFiles(report, [...FORMATS, ...FORMATS]);
  expect(new Set(files.map(({ name }) => name)).size).toBe(FORMATS.length);
  expect(files).toHaveLength(FORMATS.length);
});
