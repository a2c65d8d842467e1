import { describe, expect, it } from 'vitest';
import { parseConfig, readConfig } from '../../lib/config/file.ts';
import type { Mistake } from '../../lib/core/settings.ts';

const GOOD = `checks: ['s3-*']
params:
  iam-user-access-key-rotated:
    maxAccessKeyAgeDays: 60
trustedAccounts: ['111122223333']
failOn: high
`;
const none = () => [];

it('reads what is right', () => {
  expect(parseConfig('ronda.yml', GOOD, none)).toEqual({
    checks: ['s3-*'],
    params: { 'iam-user-access-key-rotated': { maxAccessKeyAgeDays: 60 } },
    trustedAccounts: ['111122223333'],
    failOn: 'high',
  });
});
it.each(['', '# nothing yet\n'])('an empty file says nothing: %j', (text) =>
  expect(parseConfig('ronda.yml', text, none)).toEqual({}),
);

describe('a mistake names file, line, key and what to do', () => {
  it.each<[string, string, RegExp]>([
    ['not YAML', 'checks: [a\nfailOn: high\n', /^ronda.yml:\d: this is not YAML: /],
    [
      'an unknown key',
      'checks: [a]\nfailon: high\n',
      /^ronda.yml:2: failon: is no key of this file; it knows checks, skip/,
    ],
    ['a wrong severity', '# c\n\nfailOn: bad\n', /^ronda.yml:3: failOn: .*critical/],
    [
      'an account as a number',
      'trustedAccounts:\n  - "111122223333"\n  - 444455556666\n',
      /^ronda.yml:3: trustedAccounts.1: /,
    ],
    ['a param in a list', 'params:\n  x:\n    y:\n      - a: 1\n', /^ronda.yml:\d: params.x.y/],
    ['a list for the whole file', '- a\n', /^ronda.yml:1: the file: /],
    ['a format that is none', 'formats: [pdf]\n', /^ronda.yml:1: formats.0: .*sarif/],
    ['a topic that is none', 'topic: my-topic\n', /^ronda.yml:1: topic: must be the ARN of an SNS topic/],
  ])('%s', (_name, text, message) => expect(() => parseConfig('ronda.yml', text, none)).toThrow(message));

  it('also what only the checks know', () => {
    const further = (): Mistake[] => [
      { path: ['params', 'iam-user-access-key-rotated', 'maxAccessKeyAgeDays'], message: 'must be smaller' },
    ];
    expect(() => parseConfig('ronda.yml', GOOD, further)).toThrow(
      'ronda.yml:4: params.iam-user-access-key-rotated.maxAccessKeyAgeDays: must be smaller',
    );
  });
  it('all of them at once', () => {
    expect(() => parseConfig('ronda.yml', 'failOn: x\nminSeverity: y\n', none)).toThrow(
      /^ronda.yml:1: failOn.*\nronda.yml:2: minSeverity/,
    );
  });
  it('a file that is not there', async () => {
    await expect(readConfig('/no/such/ronda.yml', none)).rejects.toThrow(
      'cannot read the configuration /no/such/ronda.yml: ENOENT',
    );
  });
});
