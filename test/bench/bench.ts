// How fast, how many calls: npm run bench [-- --size example|S|E --latency MS --runs N --throttle]
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { parseArgs } from 'node:util';
import type { Stats } from '../emulator/server.ts';
import { account, formula } from './formula.ts';
import { countsOf, REGIONS, WORLDS } from './worlds.ts';

const { values } = parseArgs({
  options: {
    latency: { type: 'string', default: '20' },
    runs: { type: 'string', default: '5' },
    size: { type: 'string', default: 'example' },
    throttle: { type: 'boolean', default: false },
  },
});
if (!WORLDS[values.size])
  throw new Error(`no account is called ${values.size}: there are ${Object.keys(WORLDS).join(', ')}`);

const profile = { latency: Number(values.latency), ...(values.throttle && { throttle: { '*': [100, 20] } }) };
const server = fork(new URL('./serve.ts', import.meta.url), [JSON.stringify(profile), values.size]);
const [{ endpoint }] = (await once(server, 'message')) as [{ endpoint: string }];

const runs: Measured[] = [];
for (let turn = 0; turn < Number(values.runs); turn += 1) {
  runs.push(await measure(endpoint));
  if (turn < Number(values.runs) - 1) server.send('reset');
}
const stats = await statsOf(server);
server.disconnect();

const middle = (of: (run: Measured) => number) => runs.map(of).toSorted((a, b) => a - b)[Math.floor(runs.length / 2)]!;
const range = (of: (run: Measured) => number, digits = 2) => {
  const all = runs.map(of);
  return `${Math.min(...all).toFixed(digits)} / ${middle(of).toFixed(digits)} / ${Math.max(...all).toFixed(digits)}`;
};
const { lines, unforeseen } = account(stats.calls, formula(countsOf(WORLDS[values.size]!()), REGIONS));
const allowed = lines.reduce((sum, { calls }) => sum + calls, 0);

console.log(
  `account ${values.size}, ${REGIONS} regions, ${values.latency} ms a call${values.throttle ? ', throttled (burst 100, 20/s per API)' : ''}, ${runs.length} runs: minimum / median / maximum`,
);
console.log(`wall            ${range(({ seconds }) => seconds)} s`);
console.log(`CPU             ${range(({ cpu }) => cpu)} s`);
console.log(`peak memory     ${range(({ megabytes }) => megabytes, 0)} MB`);
console.log(`findings        ${range(({ findings }) => findings, 0)}, UNKNOWN ${range(({ unknown }) => unknown, 0)}`);
console.log(`most in flight  ${stats.maxInFlight}, connections ${stats.connections}, throttled ${stats.throttled}`);
console.log('\n made  may  operations');
for (const { operations, calls, made, why } of lines)
  console.log(`${String(made).padStart(5)}${String(calls).padStart(5)}  ${operations.source.padEnd(34)} ${why}`);
console.log(`${String(stats.requests).padStart(5)}${String(allowed).padStart(5)}  in all`);
if (unforeseen.length > 0 || lines.some(({ made, calls }) => made > calls)) {
  console.error(
    `more calls than the formula allows${unforeseen.length > 0 ? `, and none foreseen: ${unforeseen.join(', ')}` : ''}`,
  );
  process.exitCode = 1;
}

interface Measured {
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
  readonly findings: number;
  readonly unknown: number;
}

/** One whole audit in a fresh process, report included; its start is not counted. */
async function measure(address: string): Promise<Measured> {
  const child = fork(new URL('./once.ts', import.meta.url), {
    env: {
      ...process.env,
      AWS_ENDPOINT_URL: address,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_REGION: 'us-east-1',
    },
  });
  const [measured] = (await once(child, 'message')) as [Measured];
  return measured;
}

async function statsOf(child: ChildProcess): Promise<Stats> {
  child.send('stats');
  const [{ stats }] = (await once(child, 'message')) as [{ stats: Stats }];
  return stats;
}
