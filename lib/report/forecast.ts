import type { Cost, Forecast, PlannedRun, Range } from '../run/forecast.ts';
import { PRICED_REGION, type Prices } from '../run/prices.ts';
import { displayWidth, jsonText, middle, number, plural, visible, when } from './text.ts';

/** What the last stored run came to. */
export interface LastRun {
  readonly date: string;
  readonly run: string;
  readonly startedAt: string;
  readonly calls: number;
  readonly throttled: number;
  readonly seconds: number;
  readonly findings: number;
  /** Known of runs of the stack. */
  readonly items?: number;
  /** Known where the bucket is small enough to be listed. */
  readonly objects?: number;
}

/** Where the figures come from. */
export type Basis =
  /** The calls of the last run, scaled; and the sizes, where it kept its inventory. */
  | { readonly from: 'run'; readonly run: string; readonly hasInventory: boolean }
  /** Accounts that hold what AWS makes, and of some types so many each. */
  | { readonly from: 'assumption'; readonly assumed: Readonly<Record<string, number>> };

export interface PlanReport {
  readonly tool: string;
  readonly planned: PlannedRun;
  readonly services: readonly string[];
  readonly checks: number;
  readonly concurrency: number;
  readonly basis: Basis;
  readonly forecast: Forecast;
  readonly last?: LastRun | undefined;
  readonly prices: Prices;
}

/** Accounts that fit on a screen with everything else. */
const SHOWN = 5;

/** One screen about the next run: at most 36 lines. */
export function forecastText(report: PlanReport, columns: number = process.stdout.columns ?? 80): string {
  const width = Math.min(120, Math.max(60, columns));
  const parts = [headOf(report), accountsOf(report), figuresOf(report), costsOf(report), basisOf(report)];
  return `${parts.map((lines) => lines.flatMap((line) => wrapped(line, width)).join('\n')).join('\n\n')}\n`;
}

/** Everything, with where each price is from. */
export function forecastJson({ planned, ...report }: PlanReport): string {
  const { partition, home, accounts } = planned;
  const scope = { partition, home, accounts, regions: regionsOf(planned), services: report.services };
  const { services: _, prices, ...rest } = report;
  return `${jsonText({ format: 1, ...rest, scope, pricedRegion: PRICED_REGION, prices }, 2)}\n`;
}

const regionsOf = ({ accounts }: PlannedRun): readonly string[] =>
  [...new Set(accounts.flatMap(({ regions }) => regions))].toSorted();

function headOf({ tool, planned, services, checks }: PlanReport): string[] {
  const counts = [
    plural(planned.accounts.length, 'account'),
    plural(regionsOf(planned).length, 'region'),
    plural(services.length, 'service'),
    plural(checks, 'check'),
  ];
  return [[visible(tool), ...counts].join('  '), services.map(visible).join(' ')];
}

/** Those that something is wrong with come first. */
function accountsOf({ planned }: PlanReport): string[] {
  const isWrong = ({ closed, gap }: PlannedRun['accounts'][number]) => (closed ?? gap) !== undefined;
  const sorted = planned.accounts.toSorted((a, b) => Number(isWrong(b)) - Number(isWrong(a)));
  const left = sorted.slice(SHOWN);
  const wrong = left.filter(isWrong).length;
  return [
    ...sorted.slice(0, SHOWN).map(accountLine),
    ...(left.length > 0
      ? [`and ${number(left.length)} more${wrong > 0 ? `, ${number(wrong)} of them cannot be read` : ''}`]
      : []),
  ];
}

function accountLine({ account, name, regions, closed, gap }: PlannedRun['accounts'][number]): string {
  const who = name === undefined ? account : `${account} ${middle(visible(name), 24)}`;
  if (closed) return `${who}  cannot be entered: ${visible(closed.operation)}: ${visible(closed.detail)}`;
  if (gap) return `${who}  its regions are not known: ${visible(gap.operation)}: ${visible(gap.detail)}`;
  return `${who}  ${plural(regions.length, 'region')}`;
}

function figuresOf({ forecast, last, concurrency }: PlanReport): string[] {
  const rows: readonly (readonly [string, string, string | undefined])[] = [
    ['', 'expected', last && `last run, ${when(last.startedAt)}`],
    ['places', number(forecast.items), last?.items === undefined ? undefined : number(last.items)],
    [
      'calls',
      number(forecast.calls),
      last && `${number(last.calls)}${last.throttled > 0 ? `, ${number(last.throttled)} throttled` : ''}`,
    ],
    ['time', timeWords(forecast.seconds), last && timeWords({ low: last.seconds, high: last.seconds })],
    ['findings', number(forecast.findings), last && number(last.findings)],
    ['objects', number(forecast.s3.objects), last?.objects === undefined ? undefined : number(last.objects)],
  ];
  const first = Math.max(...rows.map(([label]) => label.length));
  const second = Math.max(...rows.map(([, expected]) => displayWidth(expected)));
  return [
    ...rows.map(([label, expected, made]) =>
      `${label.padEnd(first)}  ${expected.padEnd(second)}${last ? `  ${made ?? '-'}` : ''}`.trimEnd(),
    ),
    `most calls: ${forecast.callsByService
      .slice(0, 5)
      .map(({ service, calls }) => `${visible(service)} ${number(calls)}`)
      .join(', ')}; ${number(concurrency)} places at a time`,
  ];
}

function costsOf({ forecast, prices }: PlanReport): string[] {
  const { costs, total, events, elsewhere } = forecast;
  const oldest = Object.values(prices)
    .map(({ asOf }) => asOf)
    .toSorted()[0]!;
  return [
    `one night  ${dollarWords(total)}, list prices of ${PRICED_REGION} (the oldest of ${oldest}), no free tier`,
    ...costs.map((cost) =>
      `  ${cost.of.padEnd(14)}  ${dollarWords(cost.dollars).padEnd(20)}  ${quantityWords(cost)}`.trimEnd(),
    ),
    `elsewhere  ${plural(events, 'CloudTrail event')}: free in the first trail, ${dollarWords(same(elsewhere.furtherTrail))} in each further one, ${dollarWords(same(elsewhere.guardDuty))} or more where GuardDuty is on; CloudTrail Lake charges by the GB`,
  ];
}

function basisOf({ basis, forecast: { scale = 1 } }: PlanReport): string[] {
  const uncounted = 'Not counted: the KMS key, logs and alarms; retries; what throttling and long lists add.';
  if (basis.from === 'assumption')
    return [`Assumed: ${assumedWords(basis.assumed)}. A stored run (--out) tells more.`, uncounted];
  const times = scale === 1 ? 'as they were' : `times ${scale < 10 ? scale.toFixed(2) : Math.round(scale)}`;
  const sizes = basis.hasInventory
    ? 'sizes from its inventory'
    : 'it kept no inventory, so places and objects are those of empty accounts';
  return [`From run ${visible(basis.run)}: its calls ${times}; ${sizes}.`, uncounted];
}

function assumedWords(assumed: Readonly<Record<string, number>>): string {
  const given = Object.entries(assumed).map(([name, count]) => `${number(count)} ${visible(name)}`);
  return given.length === 0 ? 'every account is empty' : `every account holds ${given.join(', ')} and nothing else`;
}

const same = (value: number): Range => ({ low: value, high: value });

/** Two digits that tell something: "$0.0012", "$0.12", "$12", and a range where they differ. */
export function dollarWords({ low, high }: Range): string {
  const [from, to] = [dollars(low), dollars(high)];
  return from === to ? from : `${from} to ${to}`;
}

function dollars(amount: number): string {
  if (amount >= 10) return `$${number(Math.round(amount))}`;
  if (amount >= 0.1) return `$${amount.toFixed(2)}`;
  return amount < 0.0001 ? 'under $0.0001' : `$${Number(amount.toPrecision(2))}`;
}

/** "40 s", "2 to 5 min", "1.5 h". */
export function timeWords({ low, high }: Range): string {
  const [size, unit, digits]: [number, string, number] =
    high < 120 ? [1, 's', 0] : high < 7200 ? [60, 'min', 0] : [3600, 'h', 1];
  const text = (seconds: number) => (seconds / size).toFixed(digits);
  const [from, to] = [low > 0 && low < size ? 'under 1' : text(low), text(high)];
  return from === to ? `${to} ${unit}` : `${from} to ${to} ${unit}`;
}

function quantityWords({ of, quantity, unit }: Cost): string {
  if (unit === 'bytes') return `${(quantity.high / 1e6).toFixed(1)} MB, kept for 400 days`;
  const [low, high] = [number(Math.round(quantity.low)), number(Math.round(quantity.high))];
  if (of === 'SNS') return 'one message, and one email';
  return `${low === high ? low : `${low} to ${high}`} ${unit}`;
}

/** At most so many columns a line; what goes on is indented. */
function wrapped(line: string, width: number): string[] {
  if (displayWidth(line) <= width) return [line];
  const at = line.lastIndexOf(' ', width);
  if (at <= width / 2) return [line];
  return [line.slice(0, at).trimEnd(), ...wrapped(`    ${line.slice(at + 1)}`, width)];
}
