// One step of a run alone in a process, as in a function of its own: node --max-old-space-size=MB test/bench/step.ts NAME EVENT-JSON
import type { Context } from 'aws-lambda';
import type { Measured } from './alone.ts';

const TIMEOUT_MS = 900_000;
const [name, event] = process.argv.slice(2);
const { handler } = (await import(`../../functions/${name}.ts`)) as {
  handler: (event: unknown, context: Pick<Context, 'getRemainingTimeInMillis'>) => Promise<unknown>;
};
const idle = process.memoryUsage.rss();
const before = process.cpuUsage();
const started = performance.now();
const answer = await handler(JSON.parse(event!), {
  getRemainingTimeInMillis: () => Math.floor(TIMEOUT_MS - (performance.now() - started)),
});
const { user, system } = process.cpuUsage(before);
const measured: Measured = {
  answer,
  seconds: (performance.now() - started) / 1000,
  cpu: (user + system) / 1e6,
  megabytes: process.resourceUsage().maxRSS / 1024,
  idle: idle / 2 ** 20,
};
process.send?.(measured, () => process.exit());
