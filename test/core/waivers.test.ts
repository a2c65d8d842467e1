import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fingerprintOf, patternOf, statusOf, type Waiver, waiversAt } from '../../lib/core/waivers.ts';
import { finding } from '../support/report.ts';

const NOW = new Date('2026-01-15T12:00:00Z');
const bucket = finding({
  resource: { id: 'site', arn: 'arn:aws:s3:::site', tags: { team: 'web' } },
  evidence: { policy: 'public' },
});
const waiver: Waiver = {
  check: 's3-bucket-not-public',
  resource: 'arn:aws:s3:::site',
  owner: 'web',
  reason: 'a public site',
  expires: '2026-06-30',
};
const on = (difference: Partial<Waiver>, found = bucket) => waiversAt([{ ...waiver, ...difference }], NOW).on(found);
const applied = { waiver: { owner: 'web', reason: 'a public site', expires: '2026-06-30' } };

describe('a waiver covers', () => {
  it.each([
    ['the resource that it names', {}],
    ['by its id', { resource: 'site' }],
    ['by a pattern that crosses slashes and colons', { resource: 'arn:*site' }],
    ['by a pattern with one character open', { resource: 's?te' }],
    ['by a pattern of checks', { check: 's3-*' }],
    ['in one of its accounts', { accounts: ['999988887777', '111122223333'] }],
    ['in one of its regions', { regions: ['us-*', 'eu-west-1'] }],
    ['with its tags', { tags: { team: 'w*' } }],
    ['on its last day', { expires: '2026-01-15' }],
    ['in the state that was accepted', { state: fingerprintOf(bucket) }],
  ])('%s', (_name, difference) => expect(on(difference)).toMatchObject({ waiver: { owner: 'web' } }));
  it('with what people need to know of it', () => {
    expect(on({})).toEqual(applied);
    expect(on({ ticket: 'SEC-1' })).toEqual({ waiver: { ...applied.waiver, ticket: 'SEC-1' } });
  });
});

describe('a waiver does not cover', () => {
  it.each([
    ['a part of the name', { resource: 'sit' }],
    ['a longer name', { resource: 'ite' }],
    ['another case', { resource: 'SITE' }],
    ['another check', { check: 's3-bucket' }],
    ['another account', { accounts: ['999988887777'] }],
    ['another region', { regions: ['us-*'] }],
    ['another tag', { tags: { team: 'data' } }],
    ['a tag that is not there', { tags: { team: 'web', stage: '*' } }],
    ['what a dot might stand for', { resource: 'arn.aws.s3...site' }],
  ])('%s', (_name, difference) => expect(on(difference)).toEqual({}));
  it('a resource without tags', () =>
    expect(on({ tags: { team: '*' } }, finding({ resource: { id: 'site' } }))).toEqual({}));
  it.each(['PASS', 'SKIP', 'UNKNOWN'] as const)('a %s', (status) => expect(on({}, { ...bucket, status })).toEqual({}));
  it('what fails after its last day', () => expect(on({ expires: '2026-01-14' })).toEqual({ waiverEnded: 'expired' }));
  it.each([
    ['the deciding fields', { evidence: { policy: 'public', acl: 'public' } }],
    ['the severity', { severity: 'critical' as const }],
  ])('what has become something else: %s', (_name, worse) =>
    expect(on({ state: fingerprintOf(bucket) }, { ...bucket, ...worse })).toEqual({ waiverEnded: 'outlived' }),
  );
});

it('takes the first waiver in force, and says expired only where none is', () => {
  const expired = { ...waiver, expires: '2025-12-31', owner: 'old' };
  expect(waiversAt([expired, waiver], NOW).on(bucket)).toEqual(applied);
  expect(waiversAt([{ ...waiver, state: '000000000000' }, expired], NOW).on(bucket)).toEqual({
    waiverEnded: 'expired',
  });
});

describe('what became of a waiver', () => {
  const used = (difference: Partial<Waiver>, ...found: readonly (typeof bucket)[]) => {
    const waivers = waiversAt([{ ...waiver, ...difference }], NOW);
    for (const one of found) waivers.on(one);
    return statusOf(waivers.uses()[0]!, NOW, 14);
  };
  it.each([
    ['active', {}, [bucket]],
    ['active', {}, [{ ...bucket, status: 'UNKNOWN' }]],
    ['active', { expires: '2026-01-30' }, [bucket]],
    ['expiring', { expires: '2026-01-29' }, [bucket]],
    ['expiring', { expires: '2026-01-15' }, [bucket]],
    ['expired', { expires: '2026-01-14' }, [bucket]],
    ['expired', { expires: '2026-01-14' }, []],
    ['unused', {}, []],
    ['unused', {}, [{ ...bucket, status: 'PASS' }]],
    ['outlived', { state: '000000000000' }, [bucket]],
    ['active', { state: fingerprintOf(bucket) }, [bucket, { ...bucket, severity: 'critical' }]],
  ] as const)('%s: %o', (status, difference, found) => expect(used(difference, ...found)).toBe(status));
});

it('counts what a waiver covers and what has outlived it', () => {
  const waivers = waiversAt([{ ...waiver, state: fingerprintOf(bucket) }], NOW);
  for (const one of [bucket, { ...bucket, status: 'UNKNOWN' as const }, { ...bucket, message: 'x', evidence: 1 }])
    waivers.on(one);
  expect(waivers.uses()).toMatchObject([{ covers: 2, outlived: 1 }]);
});

describe('a fingerprint', () => {
  it('does not depend on when a report was made, nor on the order of fields', () => {
    const one = { ...bucket, evidence: { mfa: false, list: [{ reportTime: 'a', x: 1 }], reportTime: 'a' } };
    const two = { ...bucket, evidence: { reportTime: 'b', list: [{ x: 1, reportTime: 'b' }], mfa: false } };
    expect(fingerprintOf(one)).toBe(fingerprintOf(two));
    expect(fingerprintOf(one)).toMatch(/^[0-9a-f]{12}$/);
  });
  it('is stable: a change of it would end the waivers of every user', () =>
    expect(fingerprintOf({ ...bucket, evidence: { policy: 'public', acl: 'private' } })).toBe('94d10114cd7c'));
  it('speaks of the message where there is no evidence', () => {
    const { evidence: _, ...bare } = bucket;
    expect(fingerprintOf(bare)).not.toBe(fingerprintOf({ ...bare, message: 'another' }));
    expect(fingerprintOf({ ...bucket, evidence: null })).not.toBe(fingerprintOf(bare));
  });
});

describe('a pattern', () => {
  it('without wildcards means the text itself, whatever it holds', () =>
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, other) => {
        const pattern = text.replaceAll(/[*?]/g, '');
        expect(patternOf(pattern)(pattern)).toBe(true);
        expect(patternOf(pattern)(other)).toBe(pattern === other);
      }),
    ));
  it('of a star means any text', () => fc.assert(fc.property(fc.string(), (text) => patternOf('*')(text))));
});
