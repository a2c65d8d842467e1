import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOfWaivers, withWaiver } from '../../lib/config/append-waiver.ts';
import { parseWaivers } from '../../lib/config/waivers.ts';
import type { Waiver } from '../../lib/core/waivers.ts';

const RULES = { now: new Date('2026-01-15T00:00:00Z'), maxDays: 365, checkIds: ['s3-bucket-not-public'] };
const waiver: Waiver = {
  check: 's3-bucket-not-public',
  resource: 'arn:aws:s3:::site',
  accounts: ['012345678901'],
  regions: ['eu-west-1'],
  owner: 'web',
  reason: 'a public site: "yes", #1',
  ticket: '007',
  expires: '2026-06-30',
  state: '123456789012',
};
const FIRST = 'check: s3-bucket-not-public\n';
const other = (indent: string) =>
  `- ${FIRST}${indent}  resource: '*logs'\n${indent}  owner: ops\n${indent}  reason: r\n${indent}  expires: 2026-02-01`;
const put = (text: string) => withWaiver('waivers.yml', text, waiver, RULES);

describe('to a list of entries the waiver is added, and every other letter stays', () => {
  it.each([
    ['indented', `# ours\n\nwaivers:\n  # why: logs\n  ${other('  ')} # soon\n`],
    ['not indented', `waivers:\n${other('')}\n`],
    ['deeply indented', `waivers:\n      ${other('      ')}\n`],
    ['without an end of line', `waivers:\n  ${other('  ')}`],
    ['with a comment at the end', `waivers:\n  ${other('  ')}\n\n# nothing below\n`],
    ['with an end of document', `---\nwaivers:\n  ${other('  ')}\n...\n`],
    [
      'with a text block at the end',
      `waivers:\n  ${other('  ').replace('reason: r', 'reason: r')}\n    ticket: |\n      SEC-1\n      and more\n`,
    ],
    [
      'with quotes, anchors and spaces of its own',
      `waivers:\n  -   check:   "s3-bucket-not-public"\n      resource: &all  '*logs'\n      owner: ops\n      reason: *all\n      expires:  '2026-02-01'\n`,
    ],
    ['of a file from Windows', `waivers:\n  ${other('  ')}\n`.replaceAll('\n', '\r\n')],
  ])('%s', (_name, text) => {
    const before = parseWaivers('waivers.yml', text, RULES);
    const { text: result, line } = put(text);
    expect(parseWaivers('waivers.yml', result, RULES)).toEqual([...before, waiver]);
    const added = result.length - text.length;
    // What was there is the result without the entry.
    const start =
      result
        .split('\n')
        .slice(0, line - 1)
        .join('\n').length + 1;
    const rest = [
      result.slice(0, start) + result.slice(start + added),
      result.slice(0, start - 1) + result.slice(start - 1 + added),
    ];
    expect(rest).toContain(text);
    expect(result.split('\n')[line - 1]).toMatch(/^ *- check: s3-bucket-not-public\r?$/);
  });
});

describe('to a file without entries', () => {
  it.each([
    ['none', '', ''],
    ['comments alone', '# accepted risks\n', '# accepted risks'],
    ['an empty list', 'waivers: [] # none yet\n', 'none yet'],
    [
      'a list in brackets',
      `# ours\nwaivers: [{check: s3-bucket-not-public, resource: x, owner: o, reason: r, expires: '2026-02-01'}]\n`,
      '# ours',
    ],
  ])('%s', (_name, text, kept) => {
    const before = text.trim() === '' ? [] : parseWaivers('waivers.yml', text, RULES);
    const { text: result, entry, line } = put(text);
    expect(parseWaivers('waivers.yml', result, RULES)).toEqual([...before, waiver]);
    expect(result).toContain(kept);
    expect(result.split('\n')[line - 1]).toContain('- check: s3-bucket-not-public');
    expect(entry).toContain('resource: arn:aws:s3:::site');
  });
});

it.each([
  ['is not YAML', 'waivers: [', /waivers.yml:1: this is not YAML/],
  ['is about something else', 'regions: []\n', /is no key of this file/],
  ['has a key without a value', 'waivers:\n', /waivers.yml:1: waivers: /],
  ['has a mistake already', `waivers:\n- ${FIRST}`, /waivers.yml:2: waivers.0.resource/],
])('a file that %s stays as it is', (_name, text, message) => expect(() => put(text)).toThrow(message));

it('knows the line of each entry', () => {
  const { text } = put(`# one\nwaivers:\n  ${other('  ')}\n`);
  expect(linesOfWaivers(text)).toEqual([3, 8]);
});

it('whatever the words, the file says what it said and the waiver', () => {
  const words = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text.trim() === text && text !== '');
  fc.assert(
    fc.property(fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 5 }), (entries) => {
      let text = '';
      const expected: Waiver[] = [];
      for (const [owner, reason] of entries) {
        const one = { ...waiver, owner, reason };
        text = withWaiver('waivers.yml', text, one, RULES).text;
        expected.push(one);
      }
      expect(parseWaivers('waivers.yml', text, RULES)).toEqual(expected);
    }),
    { numRuns: 60 },
  );
});
