import { mappings } from '../../checks/mappings.ts';
import type { Waiver } from '../../lib/core/waivers.ts';
import type { Report } from '../../lib/run/model.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import { changedWorld } from '../emulator/changes.ts';
import { startEmulator } from '../emulator/server.ts';
import { EXAMPLE, readWorld, type WorldFile } from '../emulator/world.ts';
import { audited, useEmulator } from '../support/audited.ts';

const SECOND_NIGHT = new URL('../emulator/changes/second-night.json', import.meta.url).pathname;
const NIGHTS = 14;
const DAY_MS = 86_400_000;
const LAST = Date.parse('2026-06-14T02:00:00Z');

const WAIVERS: readonly Waiver[] = [
  {
    check: 's3-bucket-not-public',
    resource: 'harbour-website-assets',
    owner: 'web',
    reason: 'Pictures of the public website; nothing else may lie there.',
    ticket: 'WEB-214',
    expires: '2026-12-31',
  },
  {
    check: 'ec2-instance-no-public-ip',
    resource: '*',
    regions: ['ap-*'],
    owner: 'platform',
    reason: 'The edge in Sydney moves behind a load balancer this quarter.',
    ticket: 'PLT-98',
    expires: '2026-06-20',
  },
];

/** The example account over two weeks, as the product saw it: it grows, and in the last night it changes. The last night's report. */
export async function afterNights(): Promise<Report> {
  const store = memoryStore();
  let report: Report | undefined;
  for (let night = 1; night <= NIGHTS; night += 1) {
    const now = new Date(LAST - (NIGHTS - night) * DAY_MS);
    const date = now.toISOString().slice(0, 10);
    const emulator = await startEmulator({ now, world: worldOf(night), profile: { credentialReportPolls: 0 } });
    useEmulator(emulator);
    const run = { date, run: `${date.replaceAll('-', '')}T020000Z-0e1f2a` };
    const waivers = night >= NIGHTS - 3 ? WAIVERS : [];
    report = await audited({ store, run, tool: 'ronda 0.1.0', now: clockFrom(now), mappings, waivers });
    await emulator.close();
  }
  return report!;
}

/** A clock that says how long the reading took. */
function clockFrom(start: Date): () => Date {
  let asked = 0;
  return () => new Date(start.getTime() + (asked++ === 0 ? 0 : READING_MS));
}
const READING_MS = 42_000;

/** What was bought, built and let go over the days. */
function worldOf(night: number): WorldFile {
  if (night === NIGHTS) return changedWorld(EXAMPLE, SECOND_NIGHT);
  const world = structuredClone(readWorld(EXAMPLE)) as { accounts: Record<string, Grown> };
  const { s3, iam } = world.accounts['111122223333']!;
  const share = Math.min(1, 0.2 + 0.08 * night);
  s3.Buckets.splice(Math.ceil(s3.Buckets.length * share));
  iam.Users.splice(Math.ceil(iam.Users.length * Math.min(1, share + 0.1)));
  return world as unknown as WorldFile;
}

interface Grown {
  readonly s3: { readonly Buckets: unknown[] };
  readonly iam: { readonly Users: unknown[] };
}
