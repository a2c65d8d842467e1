import { expect, it, vi } from 'vitest';
import type { Report } from '../../lib/run/model.ts';
import { AT_ONCE, byId, checksOf, compared, faulty, oneRegion } from './_kit.ts';

const kit = faulty();
const BOTH = ['eu-west-1', 'eu-west-2'];
/** Time-outs of requests; those of connections are shorter. */
const REQUEST_TIMEOUT_MS = 30_000;

/** Findings about one region's own resources, by checks that look at no other. */
const inIreland = ({ findings }: Report) => findings.filter(({ resource }) => resource.region === 'eu-west-1');
const statuses = (report: Report) =>
  inIreland(report)
    .map(({ id, status }) => `${id} ${status}`)
    .toSorted();
const gapsOf = ({ findings }: Report, region: string) => [
  ...new Set(
    findings
      .filter(({ resource }) => resource.region === region && resource.arn.startsWith('ronda:'))
      .map(({ gap }) => `${gap?.reason}: ${gap?.detail}`),
  ),
];

it('a region that never answers is a gap when the time is up, and takes nothing else along', async () => {
  let cells = 0;
  await oneRegion({ onProgress: ({ done }) => void (cells = done) });
  const before = byId(await oneRegion({ regions: BOTH }));
  kit.aws.setProfile({ ...AT_ONCE, hangRegions: ['eu-west-2'] });
  const deadline = new AbortController();
  // The time is up when nothing is left but what hangs.
  const onProgress = ({ done }: { done: number }) => void (done === cells && deadline.abort());
  const after = await oneRegion({ regions: BOTH, deadline: deadline.signal, onProgress });
  expect(compared(before, after).wrong).toEqual([]);
  expect(gapsOf(after, 'eu-west-2')).toEqual(['not-scanned: the time for this run was up']);
  expect(gapsOf(after, 'eu-west-1')).toEqual([]);
});

it('a region that never answers is a gap by time-out as well', async () => {
  const few = checksOf('kms', 'rds');
  const before = await oneRegion({ regions: BOTH, checks: few });
  kit.aws.setProfile({ ...AT_ONCE, hangRegions: ['eu-west-2'] });
  const later = globalThis.setTimeout;
  vi.spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms = 0) =>
    later(run, ms >= REQUEST_TIMEOUT_MS ? 1_000 : ms)) as never);
  const after = await oneRegion({ regions: BOTH, checks: few });
  expect(compared(byId(before), after).wrong).toEqual([]);
  expect(gapsOf(after, 'eu-west-2').length).toBeGreaterThan(0);
  for (const gap of gapsOf(after, 'eu-west-2')) expect(gap).toMatch(/^failed: TimeoutError/);
  expect(statuses(after)).toEqual(statuses(before));
});

it('a time that is up before it began leaves every verdict unknown, and says why', async () => {
  const report = await oneRegion({ deadline: AbortSignal.abort() }).catch((error: Error) => error);
  expect(report).toMatchObject({ message: expect.stringContaining('the time for this run was up') });
});

it('a region that an organisation policy blocks is a gap of that name', async () => {
  const before = await oneRegion({ regions: BOTH });
  kit.aws.setProfile({ ...AT_ONCE, blockRegions: ['eu-west-2'] });
  const after = await oneRegion({ regions: BOTH });
  expect(compared(byId(before), after).wrong).toEqual([]);
  expect(gapsOf(after, 'eu-west-2')).toEqual(['blocked: denied by an organisation policy']);
  expect(statuses(after)).toEqual(statuses(before));
});
