import { describe, expect, it } from 'vitest';
import { grantsFullAdmin } from '../../lib/policy/admin.ts';
import { isPublicBucketPolicy } from '../../lib/policy/bucket.ts';
import { parsePolicy } from '../../lib/policy/document.ts';
import { allows } from '../../lib/policy/evaluate.ts';
import { exposures, TRUST_ACTIONS } from '../../lib/policy/exposure.ts';
import { TRUST_KEYS } from '../../lib/policy/pin.ts';
import { deniesWithoutTls, minimumTlsVersion } from '../../lib/policy/transport.ts';
import { type Answers, BUCKET, CORPUS, type Known, ORGANIZATION, OWN } from './corpus.ts';

const scope = { account: OWN, organization: ORGANIZATION };

/** How each question of the corpus is put. */
const QUESTIONS: { readonly [Q in keyof Answers]-?: (document: string | object, answer: Answers[Q]) => unknown } = {
  kinds: (document) => exposures(parsePolicy(document), scope).map(({ exposure }) => exposure.kind),
  trust: (document) =>
    exposures(parsePolicy(document), { ...scope, keys: TRUST_KEYS }, TRUST_ACTIONS).map(
      ({ exposure }) => exposure.kind,
    ),
  publicBucket: (document) => isPublicBucketPolicy(parsePolicy(document)),
  admin: (document) => grantsFullAdmin([parsePolicy(document)], { account: OWN }).isGranted,
  adminIgnoringConditioned: (document) =>
    grantsFullAdmin([parsePolicy(document)], { ignoreConditioned: true }).isGranted,
  tls: (document) => deniesWithoutTls(parsePolicy(document), BUCKET).isDenied,
  minimumTls: (document) => minimumTlsVersion(parsePolicy(document), BUCKET),
  allows: (document, answer = {}) =>
    Object.fromEntries(
      Object.keys(answer).map((asked) => {
        const [action = '', resource = ''] = asked.split(' ');
        return [asked, allows([parsePolicy(document)], action, resource)];
      }),
    ),
  unreadable: (document, answer) => messageOf(document).includes(answer ?? '') || messageOf(document),
};

function messageOf(document: string | object): string {
  try {
    parsePolicy(document);
    return 'it was read';
  } catch (error) {
    return String(error);
  }
}

function rows(question: keyof Answers): [name: string, known: Known][] {
  return CORPUS.filter(({ answers }) => answers[question] !== undefined).map((known) => [known.name, known]);
}

describe.each(Object.keys(QUESTIONS) as (keyof Answers)[])('the corpus: %s', (question) => {
  it.each(rows(question))('%s', (_name, { document, answers }) => {
    const answer = answers[question];
    const ask = QUESTIONS[question] as (document: string | object, answer: unknown) => unknown;
    expect(ask(document, answer)).toEqual(question === 'unreadable' ? true : answer);
  });
});

it('the corpus names a source for each policy, and no policy twice', () => {
  expect(CORPUS.length).toBeGreaterThanOrEqual(120);
  expect(CORPUS.filter(({ source }) => source === '')).toEqual([]);
  const keys = CORPUS.map(({ document }) => JSON.stringify(document));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});
