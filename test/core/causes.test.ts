import { describe, expect, it } from 'vitest';
import { causeOfChange, type Judge, type Past, type Side } from '../../lib/core/causes.ts';
import { GAP } from '../support/inventory.ts';

const judge: Judge = { version: 'v1', params: { maxDays: 90 }, isRelated: false };
const past: Past = { judge, wasInScope: true, wasListed: true };
const waiver = { owner: 'web', reason: 'a public site', expires: '2026-06-30' };
const pass: Side = { status: 'PASS', message: 'encrypted', evidence: { encrypted: true, name: 'a' }, basis: '1' };
const fail: Side = { status: 'FAIL', message: 'not encrypted', evidence: { encrypted: false, name: 'a' }, basis: '2' };
const dark: Side = { status: 'UNKNOWN', message: 'denied', gap: GAP };
const same = (side: Side): Side => ({ ...side, basis: '1' });

describe('why a finding changed', () => {
  it.each([
    ['it is gone', pass, undefined, {}, {}, { kind: 'resource-deleted' }],
    ['it was not there', undefined, fail, {}, {}, { kind: 'resource-created' }],
    ['its check is new', undefined, fail, {}, { judge: undefined }, { kind: 'check-added' }],
    ['its place was not looked at', undefined, fail, {}, { wasInScope: false }, { kind: 'scope-changed' }],
    ['its list was not whole', undefined, fail, {}, { wasListed: false }, { kind: 'coverage-regained' }],
    ['it appeared, unseen', undefined, dark, {}, {}, { kind: 'coverage-lost', gap: GAP }],
    ['it is out of sight', fail, dark, {}, {}, { kind: 'coverage-lost', gap: GAP }],
    ['it is in sight again', dark, fail, {}, {}, { kind: 'coverage-regained' }],
    ['a waiver began', fail, { ...fail, waiver }, {}, {}, { kind: 'waiver-began', waiver }],
    [
      'a waiver expired',
      { ...fail, waiver },
      { ...fail, waiverEnded: 'expired' },
      {},
      {},
      { kind: 'waiver-ended', why: 'expired' },
    ],
    ['a waiver was taken out', { ...fail, waiver }, fail, {}, {}, { kind: 'waiver-ended', why: 'removed' }],
    [
      'it changed: the deciding fields that differ',
      pass,
      fail,
      {},
      {},
      { kind: 'resource-changed', before: { encrypted: true }, after: { encrypted: false } },
    ],
    [
      'it changed, and a field is new',
      { ...pass, evidence: {} },
      fail,
      {},
      {},
      { kind: 'resource-changed', before: { encrypted: null, name: null }, after: { encrypted: false, name: 'a' } },
    ],
    [
      'it changed, and the check gave no fields before',
      { ...pass, evidence: undefined },
      fail,
      {},
      {},
      { kind: 'resource-changed', before: 'encrypted', after: 'not encrypted' },
    ],
    [
      'it changed, and the check gives no fields now',
      pass,
      { ...fail, evidence: undefined },
      {},
      {},
      { kind: 'resource-changed', before: 'encrypted', after: 'not encrypted' },
    ],
    [
      'it changed, but not in the fields that are told',
      { ...pass, evidence: fail.evidence },
      fail,
      {},
      {},
      { kind: 'resource-changed', before: 'encrypted', after: 'not encrypted' },
    ],
    [
      'it changed, and the evidence is a list',
      { ...pass, evidence: ['a'] },
      { ...fail, evidence: ['a', 'b'] },
      {},
      {},
      { kind: 'resource-changed', before: ['a'], after: ['a', 'b'] },
    ],
    [
      'it changed, and the evidence became a list',
      pass,
      { ...fail, evidence: null },
      {},
      {},
      { kind: 'resource-changed', before: pass.evidence, after: null },
    ],
    [
      'a param is another',
      pass,
      same(fail),
      { params: { maxDays: 60 } },
      {},
      { kind: 'parameter-changed', before: { maxDays: 90 }, after: { maxDays: 60 } },
    ],
    ['the check is another', pass, same(fail), { version: 'v2' }, {}, { kind: 'check-changed' }],
    ['the check was not run', pass, same(fail), {}, { judge: undefined }, { kind: 'check-added' }],
    ['something else changed', pass, same(fail), { isRelated: true }, {}, { kind: 'related-changed' }],
    ['time passed', pass, same(fail), {}, {}, { kind: 'time-passed' }],
  ] as const)('%s', (_name, before, after, now, then, cause) => {
    expect(causeOfChange(before as Side, after as Side, { ...judge, ...now }, { ...past, ...then } as Past)).toEqual(
      cause,
    );
  });
});
