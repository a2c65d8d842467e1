import { beforeAll, describe, expect, it } from 'vitest';
import type { StoredFinding } from '../../lib/run/model.ts';
import { AT_ONCE, byId, compared, faulty, oneRegion, silenced } from './_kit.ts';
import { checks } from '../support/audited.ts';

const kit = faulty();
let before: ReadonlyMap<string, StoredFinding>;
/** Every list with one item a page. */
let single: Readonly<Record<string, number>>;
beforeAll(async () => {
  kit.aws.setProfile(AT_ONCE);
  before = byId(await oneRegion());
  single = Object.fromEntries(Object.keys(kit.aws.stats().calls).map((operation) => [operation, 1]));
});

describe('pages', () => {
  it('of one item each say the same as large ones', async () => {
    kit.aws.setProfile({ ...AT_ONCE, pageSizes: single });
    const after = await oneRegion();
    expect(after.findings.length).toBe(before.size);
    expect(compared(before, after)).toEqual({ wrong: [], lost: 0 });
  });

  it('whose token leads back to where one was end with a gap', async () => {
    kit.aws.setProfile({ ...AT_ONCE, pageSizes: single, faults: [{ service: '*', kind: 'repeat-token' }] });
    const after = await oneRegion();
    expect(compared(before, after).wrong).toEqual([]);
    expect(silenced(before, after, checks)).toEqual([]);
    const repeated = after.header.summary.gaps.filter(({ detail }) => detail === 'AWS repeated a page token');
    expect(repeated.length).toBeGreaterThan(15);
  });

  it.each(['iam', 'kms'])('of %s that say that there are more, and not where, end with a gap', async (service) => {
    kit.aws.setProfile({ ...AT_ONCE, pageSizes: single, faults: [{ service, kind: 'lost-token' }] });
    const after = await oneRegion();
    const { wrong, lost } = compared(before, after);
    expect(wrong).toEqual([]);
    expect(silenced(before, after, checks)).toEqual([]);
    expect(lost).toBeGreaterThan(0);
  });
});
