import type { Range, Result } from './measure.ts';
import { keyOf } from './measure.ts';
import { least } from './floor.ts';
import { deviation, type Results, shareOf, type Target, TARGETS } from './targets.ts';
import { MEASURED } from './worlds.ts';

const digitsOf = (value: number): number => (value >= 1000 ? 0 : value >= 100 ? 0 : 2);
const number = (value: number): string =>
  value.toLocaleString('en-US', { maximumFractionDigits: Number.isInteger(value) ? 0 : digitsOf(value) });
const range = (values: Range): string =>
  new Set(values).size === 1 ? number(values[0]) : values.map(number).join(' / ');

/** Of one scenario, for people at a terminal. */
export function told(result: Result): string {
  const { scenario, floor } = result;
  const lines = result.lines.filter(({ calls, made }) => calls > 0 || made > 0);
  return [
    '',
    `${keyOf(scenario)}: ${MEASURED[scenario.name].what}; ${scenario.runs} runs (minimum / median / maximum), load ${result.load.toFixed(1)}`,
    `  wall           ${range(result.seconds)} s, ${range(result.ratio)} × the floor`,
    `  CPU            ${range(result.cpu)} s`,
    `  peak memory    ${range(result.megabytes)} MB`,
    `  most in flight ${result.mostInFlight}, connections ${result.connections}, throttled ${result.throttled}`,
    `  findings       ${range(result.findings)}, lost ${range(result.lost)}`,
    ...(result.speeds ? [`  judging alone  ${range(result.speeds)} verdicts/s`] : []),
    ...(result.judging
      ? [`  judging, a process of its own: ${range(result.judging.seconds)} s, ${range(result.judging.megabytes)} MB`]
      : []),
    `  floor          ${least(floor).toFixed(2)} s: ${Object.entries(floor)
      .map(([name, seconds]) => `${name} ${seconds.toFixed(2)}`)
      .join(', ')}`,
    '    made  formula  operations',
    ...lines.map(
      ({ operations, calls, made, why }) =>
        `  ${calls === made ? ' ' : '!'}${String(made).padStart(6)} ${String(calls).padStart(8)}  ${plain(operations)}: ${why}`,
    ),
    `   ${String(result.calls).padStart(6)} ${String(sum(lines)).padStart(8)}  in all${result.unforeseen.length > 0 ? `; not foreseen: ${result.unforeseen.join(', ')}` : ''}`,
  ].join('\n');
}

const sum = (lines: Result['lines']): number => lines.reduce((total, { calls }) => total + calls, 0);
/** A regular expression of the formula, for people. */
const plain = (source: string): string => source.replaceAll(/[\^$]|:$/g, '').replaceAll('(v2)?', '(v2)');

export function verdicts(results: Results): string {
  const lines = TARGETS.flatMap((target) => {
    const value = target.value(results);
    return value === undefined
      ? []
      : [`  ${verdictOf(target, value).padEnd(7)}${target.what}: ${withUnit(value, target)} (${limitOf(target)})`];
  });
  return ['', 'Targets', ...lines].join('\n');
}

const withUnit = (value: number, { unit }: Target): string =>
  `${number(value)}${unit && (unit === '×' ? ' ×' : ` ${unit}`)}`;
const limitOf = (target: Target): string => `at ${target.isLeast ? 'least' : 'most'} ${withUnit(target.limit, target)}`;
const verdictOf = (target: Target, value: number): string => (shareOf(target, value) <= 1 ? 'met' : 'MISSED');

function marginOf(target: Target, value: number): string {
  const share = shareOf(target, value);
  if (target.limit === 0) return share === 0 ? 'exactly' : '';
  return share <= 1 ? `${Math.round((1 - share) * 100)} % to spare` : `${number(share)} times over`;
}

export interface Machine {
  readonly cores: number;
  readonly model: string;
  readonly memory: number;
  readonly node: string;
  readonly version: string;
}

/** docs/performance.md. `notes` are people's words on what was measured. */
export function documentOf(results: Results, machine: Machine, notes: string): string {
  const all = Object.values(results.scenarios);
  const days = all.map(({ at }) => at.slice(0, 10)).toSorted();
  return `# Performance

Written by \`npm run bench -- --write\`; every number is measured. ${span(days)}, Ronda ${machine.version}, Node.js ${machine.node},
${machine.cores} cores (${machine.model}), ${Math.round(machine.memory / 2 ** 30)} GB. The emulator and the audit share the cores. Figures are minimum / median / maximum of the runs.

## Targets

${table(
  ['', 'Target', 'Measured', 'Limit', 'Margin'],
  TARGETS.map((target) => {
    const value = target.value(results);
    return value === undefined
      ? ['not measured', target.what, '', limitOf(target), '']
      : [
          verdictOf(target, value).toLowerCase(),
          target.what,
          withUnit(value, target),
          limitOf(target),
          marginOf(target, value),
        ];
  }),
)}

${notes}

## Runs

An audit from an empty folder to its report, in a process of its own; its start is not counted. A call takes a round trip, a new
connection two more; \`world\` has 2 ms at home and up to 220 ms elsewhere. "Throttled": buckets of 100 calls, refilled with 20 a
second, per operation, Region and account. "Load" is the machine's, when the first run began: above 0.5 it was not idle.

${table(
  [
    'Account, ms a call',
    'Runs',
    'Wall s',
    'of the floor',
    'CPU s',
    'Peak MB',
    'Calls',
    'Most in flight',
    'Connections',
    'Throttled',
    'Findings',
    'Lost',
    'Load',
  ],
  all.map((one) => [
    keyOf(one.scenario),
    one.scenario.runs,
    range(one.seconds),
    range(one.ratio),
    range(one.cpu),
    range(one.megabytes),
    one.calls,
    one.mostInFlight,
    one.connections,
    one.throttled,
    range(one.findings),
    range(one.lost),
    one.load.toFixed(1),
  ]),
)}

${Object.entries(MEASURED)
  .map(([name, { what }]) => `- **${name}**: ${what}`)
  .join('\n')}

The floor is the longest of: the calls that wait for one another (\`path\`); the busiest operation at the rate that it is allowed, which
for EC2 is half of AWS's (\`rate\`); all round trips with 192 at a time (\`in flight\`); and what the SDK's clients alone cost for so many
calls on one core of this machine, measured beside each scenario (\`CPU\`).

${table(
  ['', 'path', 'rate', 'in flight', 'CPU', 'floor s'],
  all.map(({ scenario, floor }) => [
    keyOf(scenario),
    ...[floor.path, floor.rate, floor.inFlight, floor.cpu, least(floor)].map((seconds) => seconds.toFixed(2)),
  ]),
)}

## Calls

What the formula (test/bench/formula.ts) says of an account, and what was made; nothing beside it was.
${all
  .filter((one, index) => all.findIndex(({ scenario }) => scenario.name === one.scenario.name) === index)
  .map(callsOf)
  .join('\n')}

## Your own tool against the same account

\`\`\`sh
npm run emulator -- --size S --latency 20            # HTTP; prints the variables to export
npm run emulator -- --size S --latency 20 --https    # HTTPS, with a certificate made at the start
\`\`\`

Any client of AWS works that can be given an endpoint: service and Region come from the scope of its SigV4 signature, which is not
checked. test/emulator/README.md says more; test/emulator/cli.test.ts tries the AWS CLI and boto3.
`;
}

function callsOf(one: Result): string {
  const lines = one.lines.filter(({ calls, made }) => calls > 0 || made > 0);
  return `
### ${one.scenario.name}: ${one.calls.toLocaleString('en-US')} calls${deviation(one) > 0 ? `, ${deviation(one)} beside the formula` : ''}

${table(
  ['Operations', 'Formula', 'Made', ''],
  lines.map(({ operations, calls, made, why }) => [
    `\`${plain(operations).replaceAll('|', '\\|')}\``,
    calls,
    made,
    why,
  ]),
)}`;
}

const span = (days: readonly string[]): string => {
  const [first, last] = [days[0] ?? '', days.at(-1) ?? ''];
  return first === last ? first : `${first} to ${last}`;
};

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
