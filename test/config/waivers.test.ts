import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseWaivers, readWaivers } from '../../lib/config/waivers.ts';

const RULES = { maxDays: 365, now: new Date('2026-01-01T08:00:00Z'), checkIds: ['s3-bucket-not-public'] };
const parse = (text: string) => parseWaivers('waivers.yml', text, RULES);
const VALID = `
waivers:
  - check: s3-bucket-not-public
    resource: arn:aws:s3:::site
    owner: web
    reason: a public site
    expires: 2027-01-01
`;
const mistake = (text: string): string => {
  try {
    parse(text);
  } catch (error) {
    return (error as Error).message;
  }
  return 'no mistake';
};

it('reads what each waiver says', () => {
  expect(parse(VALID)).toEqual([
    {
      check: 's3-bucket-not-public',
      resource: 'arn:aws:s3:::site',
      owner: 'web',
      reason: 'a public site',
      expires: '2027-01-01',
    },
  ]);
});

it.each(['', 'waivers: []', '# nothing yet'])('reads a file without waivers: %s', (text) =>
  expect(parse(text)).toEqual([]),
);

describe('a bad file names file, line and key:', () => {
  it.each([
    ['no YAML', 'waivers: [', /^waivers.yml:1: this is not YAML/],
    [
      'a key that it does not know',
      `${VALID}    untill: 2027-01-01`,
      /^waivers.yml:8: waivers.0.untill: is no key of this file; remove it$/,
    ],
    [
      'a key of the file that it does not know',
      'waiver: []',
      /^waivers.yml:1: waiver: is no key of this file; it knows waivers$/,
    ],
    ['a missing owner', VALID.replace(/ +owner.*\n/, ''), /^waivers.yml:3: waivers.0.owner: /],
    ['an empty reason', VALID.replace('a public site', '" "'), /^waivers.yml:6: waivers.0.reason: must not be empty$/],
    ['no expiry', VALID.replace(/ +expires.*\n/, ''), /^waivers.yml:3: waivers.0.expires: /],
    [
      'a day that is none',
      VALID.replace('2027-01-01', '2027-02-30'),
      /^waivers.yml:7: waivers.0.expires: must be a day such as/,
    ],
    [
      'an expiry too far away',
      VALID.replace('2027-01-01', '2027-01-02'),
      /^waivers.yml:7: waivers.0.expires: is more than 365 days away: 2027-01-01 is the latest day$/,
    ],
    [
      'an unknown check',
      VALID.replace('s3-bucket-not-public', 's3-bucket-public'),
      /^waivers.yml:3: waivers.0.check: no check is called "s3-bucket-public"$/,
    ],
    [
      'everything at once',
      VALID.replace('s3-bucket-not-public', '"*"').replace('arn:aws:s3:::site', '"*"'),
      /^waivers.yml:4: waivers.0.resource: would accept everything/,
    ],
    ['an account without quotes', `${VALID}    accounts: [111122223333]`, /^waivers.yml:8: waivers.0.accounts.0: /],
    ['no region at all', `${VALID}    regions: []`, /^waivers.yml:8: waivers.0.regions: must name at least one/],
    ['a state of its own', `${VALID}    state: soon`, /^waivers.yml:8: waivers.0.state: must be the 12 digits/],
  ])('%s', (_name, text, message) => expect(mistake(text)).toMatch(message));
});

it.each([
  ['s3-*', 'arn:aws:s3:::site'],
  ['s3-bucket-not-publi?', '*'],
  ['*', 'site'],
])('a pattern of checks need not be an id: %s of %s', (check, resource) =>
  expect(
    parse(VALID.replace('s3-bucket-not-public', `"${check}"`).replace('arn:aws:s3:::site', `"${resource}"`)),
  ).toHaveLength(1),
);

it('reads a file, or says that it cannot', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'waivers-'));
  writeFileSync(join(folder, 'waivers.yml'), VALID);
  await expect(readWaivers(join(folder, 'waivers.yml'), RULES)).resolves.toHaveLength(1);
  await expect(readWaivers(join(folder, 'none.yml'), RULES)).rejects.toThrow(
    /cannot read the waivers .*none.yml: ENOENT/,
  );
});
