import type { Range, Result } from './measure.ts';

/** All that was measured, by scenario. */
export interface Results {
  readonly scenarios: Readonly<Record<string, Result>>;
  /** Milliseconds until the function that collects has loaded its code. */
  readonly imports?: Range;
}

export interface Target {
  readonly what: string;
  readonly unit: string;
  readonly limit: number;
  /** The limit is the least, not the most. */
  readonly isLeast?: boolean;
  /** Absent where it was not measured. */
  readonly value: (results: Results) => number | undefined;
}

const scenario =
  (key: string, value: (result: Result) => number | undefined) =>
  ({ scenarios }: Results) =>
    scenarios[key] && value(scenarios[key]);
const median = (range: Range | undefined): number | undefined => range?.[1];

/** Calls that the formula does not allow, and calls that it foresees and were not made. */
export function deviation({ lines, unforeseen }: Pick<Result, 'lines' | 'unforeseen'>): number {
  return lines.reduce((sum, { calls, made }) => sum + Math.abs(calls - made), unforeseen.length);
}

const overall = (value: (result: Result) => number) => (results: Results) => {
  const all = Object.values(results.scenarios).map(value);
  return all.length > 0 ? Math.max(...all) : undefined;
};

/** The services that were not throttled, against the same run without throttling: when their last answer came. */
function slowing({ scenarios }: Results): number | undefined {
  const [free, throttled] = [scenarios['T 20'], scenarios['T 20 throttled']];
  if (!free || !throttled) return undefined;
  const last = ({ services }: Result, names: readonly string[]) =>
    Math.max(...names.map((name) => services[name]!.finished));
  const others = Object.keys(throttled.services).filter((name) => throttled.services[name]!.throttled === 0);
  return last(throttled, others) / last(free, others);
}

export const TARGETS: readonly Target[] = [
  { what: 'calls beside the formula, any account', unit: '', limit: 0, value: overall(deviation) },
  { what: 'answers lost, any account', unit: '', limit: 0, value: overall(({ lost }) => lost[2]) },
  {
    what: 'different findings among runs of one account',
    unit: '',
    limit: 0,
    value: ({ scenarios }) => {
      const accounts = Map.groupBy(Object.values(scenarios), (result) => result.scenario.name);
      if (accounts.size === 0) return undefined;
      return Math.max(
        ...Array.from(accounts.values(), (all) => new Set(all.flatMap(({ digests }) => digests)).size - 1),
      );
    },
  },
  {
    what: 'S, 20 ms a call, report included',
    unit: 's',
    limit: 2,
    value: scenario('S 20', ({ seconds }) => median(seconds)),
  },
  {
    what: 'S, 100 ms a call, of the floor',
    unit: '×',
    limit: 1.5,
    value: scenario('S 100', ({ ratio }) => median(ratio)),
  },
  {
    what: 'T, throttled, of the floor of the rate',
    unit: '×',
    limit: 1.2,
    value: scenario('T 20 throttled', ({ seconds, floor }) => median(seconds)! / floor.rate),
  },
  { what: 'T, services that are not throttled, of the same without throttling', unit: '×', limit: 1.2, value: slowing },
  {
    what: 'L, memory at the most, collecting',
    unit: 'MB',
    limit: 512,
    value: scenario('L 0', ({ megabytes }) => median(megabytes)),
  },
  {
    what: 'L, memory at the most, judging',
    unit: 'MB',
    limit: 512,
    value: scenario('L 0', ({ judging }) => median(judging?.megabytes)),
  },
  {
    what: 'L, judging',
    unit: 's',
    limit: 60,
    value: scenario('L 0', ({ judging }) => median(judging?.seconds)),
  },
  { what: 'B, CPU', unit: 's', limit: 130, value: scenario('B 0', ({ cpu }) => median(cpu)) },
  {
    what: 'judging alone, verdicts a second (M)',
    unit: '/s',
    limit: 200_000,
    isLeast: true,
    value: scenario('M 20', ({ speeds }) => median(speeds)),
  },
  {
    what: 'code of the function that collects, until it is loaded',
    unit: 'ms',
    limit: 200,
    value: ({ imports }) => median(imports),
  },
];

/** More than 1 is a miss, less than 1 leaves a margin. */
export function shareOf({ limit, isLeast }: Target, value: number): number {
  if (limit === 0) return value === 0 ? 0 : Number.POSITIVE_INFINITY;
  return isLeast ? limit / value : value / limit;
}
