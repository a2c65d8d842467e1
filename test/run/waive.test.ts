import { describe, expect, it } from 'vitest';
import { fingerprintOf, waiversAt } from '../../lib/core/waivers.ts';
import { coveringIndex, waiverFor } from '../../lib/run/waive.ts';
import { finding } from '../support/report.ts';

const NOW = new Date('2026-01-15T00:00:00Z');
const ACCEPTED = { owner: 'web', reason: 'a public site', expires: '2026-06-30', isAnyState: false };
const bucket = finding({ resource: { id: 'site', arn: 'arn:aws:s3:::site' }, evidence: { policy: 'public' } });
const logs = finding({ resource: { id: 'logs', arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:app:*' } });
const near = finding({ resource: { id: 'more', arn: 'arn:aws:logs:eu-west-1:111122223333:log-group:app:b:*' } });

describe('the waiver', () => {
  it('names the check, the ARN, the place and the state', () =>
    expect(waiverFor(bucket, [], ACCEPTED)).toEqual({
      waiver: {
        check: 's3-bucket-not-public',
        resource: 'arn:aws:s3:::site',
        accounts: ['111122223333'],
        regions: ['eu-west-1'],
        owner: 'web',
        reason: 'a public site',
        expires: '2026-06-30',
        state: fingerprintOf(bucket),
      },
      notes: [],
    }));
  it('covers the finding in its state, and in no other', () => {
    const { waiver } = waiverFor(bucket, [], ACCEPTED);
    const { on } = waiversAt([waiver], NOW);
    expect(on(bucket).waiver).toBeDefined();
    expect(on({ ...bucket, evidence: { policy: 'worse' } })).toEqual({ waiverEnded: 'outlived' });
    for (const resource of [
      { arn: 'arn:aws:s3:::site2', id: 'site2' },
      { region: 'us-east-1' },
      { account: '999988887777' },
    ])
      expect(on({ ...bucket, resource: { ...bucket.resource, ...resource } })).toEqual({});
  });
  it('of any state has no state, and holds a ticket', () => {
    const { waiver } = waiverFor(bucket, [], { ...ACCEPTED, ticket: 'SEC-1', isAnyState: true });
    expect(waiver).toMatchObject({ ticket: 'SEC-1' });
    expect(waiver).not.toHaveProperty('state');
  });
  it('that covers another verdict of the check on the resource says so', () => {
    const write = finding({ resource: bucket.resource, variant: 'write' });
    expect(waiverFor(bucket, [write], ACCEPTED).notes).toEqual([
      expect.stringMatching(/says more of this resource \(write\)/),
    ]);
  });
});

describe('an ARN that holds * or ?', () => {
  it('covers its resource, with a word of caution', () => {
    const { waiver, notes } = waiverFor(logs, [bucket], ACCEPTED);
    expect(waiversAt([waiver], NOW).on(logs).waiver).toBeDefined();
    expect(notes).toEqual([expect.stringMatching(/stand for any text: a resource to come may match/)]);
  });
  it.each(['FAIL', 'PASS', 'UNKNOWN'] as const)(
    'is refused where it names another resource of the run, with status %s',
    (status) =>
      expect(() => waiverFor(logs, [{ ...near, status }], ACCEPTED)).toThrow(
        /would name arn:.*app:b:\* \(finding \w+\) as well/,
      ),
  );
  it('is refused for any state', () =>
    expect(() => waiverFor(logs, [], { ...ACCEPTED, isAnyState: true })).toThrow(
      /with --any-state it would cover resources to come/,
    ));
});

it.each(['PASS', 'SKIP', 'UNKNOWN'] as const)('%s is nothing to accept', (status) =>
  expect(() => waiverFor({ ...bucket, status }, [], ACCEPTED)).toThrow(`is ${status}: only what fails can be accepted`),
);

describe('a waiver that is there already', () => {
  const { waiver } = waiverFor(bucket, [], ACCEPTED);
  it.each([
    ['is found', [waiver], 0],
    [
      'is found behind others',
      [
        { ...waiver, resource: 'x' },
        { ...waiver, check: 's3-*', resource: 's?te' },
      ],
      1,
    ],
    ['counts no more after its last day', [{ ...waiver, expires: '2026-01-14' }], -1],
    ['counts not for another state', [{ ...waiver, state: '000000000000' }], -1],
  ])('%s', (_name, waivers, index) => expect(coveringIndex(waivers, bucket, NOW)).toBe(index));
});
