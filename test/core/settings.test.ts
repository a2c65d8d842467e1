import { describe, expect, it } from 'vitest';
import { check, pass } from '../../lib/core/check.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Params, Severity } from '../../lib/core/model.ts';
import { chosenChecks, mistakesIn, type Settings } from '../../lib/core/settings.ts';

const made = (id: string, severity: Severity, params: Params = {}): AnyCheck =>
  check({ id, severity, params, title: '', why: '', fix: '', resource: 'X', evaluate: () => pass('') } as never);
const all = [
  made('s3-bucket-not-public', 'critical'),
  made('s3-bucket-versioning', 'low', { tags: { a: ['b'] }, minTls: null }),
  made('iam-user-key', 'medium', { days: 90, trustedAccounts: [], strict: false }),
];
const ids = (settings: Settings) => chosenChecks(all, settings).map(({ id }) => id);

describe('chosenChecks', () => {
  it.each<[string, Settings, number[]]>([
    ['nothing said: all', {}, [0, 1, 2]],
    ['empty lists: all', { checks: [], skip: [], services: [] }, [0, 1, 2]],
    ['a glob', { checks: ['s3-*'] }, [0, 1]],
    ['a glob matches whole ids', { checks: ['s3'] }, []],
    ['two globs', { checks: ['s3-bucket-n*', 'iam-*'] }, [0, 2]],
    ['a glob that leaves out', { skip: ['*-bucket-*'] }, [2]],
    ['a service', { services: ['iam'] }, [2]],
    ['a severity', { minSeverity: 'medium' }, [0, 2]],
    ['the severity in force counts', { minSeverity: 'high', severities: { 'iam-user-key': 'high' } }, [0, 2]],
  ])('%s', (_name, settings, expected) => expect(ids(settings)).toEqual(expected.map((index) => all[index]!.id)));

  it('puts params and severities in force', () => {
    const [, , key] = chosenChecks(all, {
      params: { 'iam-user-key': { days: 30 } },
      severities: { 'iam-user-key': 'high' },
      trustedAccounts: ['444455556666'],
    });
    expect(key).toMatchObject({
      severity: 'high',
      params: { days: 30, strict: false, trustedAccounts: ['444455556666'] },
    });
  });
  it('trusted accounts go only to checks that ask', () =>
    expect(chosenChecks(all, { trustedAccounts: ['4'] })[0]!.params).toEqual({}));
});

describe('mistakesIn', () => {
  it('names at most three checks that may have been meant', () => {
    const many = ['s3-bucket-a', 's3-bucket-b', 's3-bucket-c', 's3-bucket-d'].map((id) => made(id, 'low'));
    expect(mistakesIn(many, { severities: { 's3-bucket-x': 'low' } })[0]!.message).toMatch(
      /near it: s3-bucket-a, s3-bucket-b, s3-bucket-c$/,
    );
  });
  it.each<[string, Settings, [string, RegExp][]]>([
    ['nothing', {}, []],
    [
      'what is right',
      {
        checks: ['s3-*'],
        skip: ['iam-*'],
        services: ['s3'],
        params: { 'iam-user-key': { days: 1 } },
        severities: { 'iam-user-key': 'low' },
      },
      [],
    ],
    ['a glob that matches nothing', { checks: ['s3-*', 's4-*'] }, [['checks.1', /no check is called "s4-\*"/]]],
    ['a glob to leave out that matches nothing', { skip: ['x'] }, [['skip.0', /no check/]]],
    ['an unknown service', { services: ['s4'] }, [['services.0', /no service is called "s4"/]]],
    [
      'an unknown check with a hint',
      { severities: { 's3-bucket-public': 'low' } },
      [['severities.s3-bucket-public', /near it: s3-bucket-not-public/]],
    ],
    ['an unknown check without', { params: { 'x-y': { a: 1 } } }, [['params.x-y', /no check is called "x-y"$/]]],
    [
      'an unknown param',
      { params: { 'iam-user-key': { day: 1 } } },
      [['params.iam-user-key.day', /has no param "day"; it has: days, trustedAccounts, strict/]],
    ],
    [
      'a param where there is none',
      { params: { 's3-bucket-not-public': { day: 1 } } },
      [['params.s3-bucket-not-public.day', /it has: none/]],
    ],
    [
      'text for a number',
      { params: { 'iam-user-key': { days: '90' } } },
      [['params.iam-user-key.days', /must be a number, as its default 90 is/]],
    ],
    [
      'a number for a list',
      { params: { 'iam-user-key': { trustedAccounts: 1 } } },
      [['params.iam-user-key.trustedAccounts', /must be a list/]],
    ],
    [
      'a list for a map',
      { params: { 's3-bucket-versioning': { tags: ['a'] } } },
      [['params.s3-bucket-versioning.tags', /must be a map of lists/]],
    ],
    [
      'null for a flag',
      { params: { 'iam-user-key': { strict: null } } },
      [['params.iam-user-key.strict', /must be a boolean/]],
    ],
    ['anything where the default is null', { params: { 's3-bucket-versioning': { minTls: '1.2' } } }, []],
  ])('%s', (_name, settings, expected) => {
    const found = mistakesIn(all, settings);
    expect(found.map(({ path }) => path.join('.'))).toEqual(expected.map(([path]) => path));
    for (const [index, [, message]] of expected.entries()) expect(found[index]!.message).toMatch(message);
  });
});
