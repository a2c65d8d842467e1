import { describe, expect, it } from 'vitest';
import { dollarWords, forecastJson, forecastText, type PlanReport, timeWords } from '../../lib/report/forecast.ts';
import type { Forecast } from '../../lib/run/forecast.ts';
import { PRICES } from '../../lib/run/prices.ts';
import { displayWidth } from '../../lib/report/text.ts';

const both = (value: number) => ({ low: value, high: value });
const forecast: Forecast = {
  accounts: 1,
  items: 18,
  calls: 1129,
  callsByService: [
    { service: 'ec2', calls: 900 },
    { service: 's3', calls: 229 },
  ],
  events: 1148,
  resources: 400,
  findings: 1821,
  seconds: { low: 5, high: 50 },
  transitions: 78,
  invocations: 21,
  gigabyteSeconds: { low: 26, high: 188 },
  s3: { objects: 305, writes: 316, reads: 480, bytes: 2_500_000 },
  messages: 1,
  costs: [
    { of: 'Lambda', quantity: { low: 26, high: 188 }, unit: 'GB-seconds', dollars: { low: 0.00035, high: 0.0025 } },
    { of: 'Step Functions', quantity: both(78), unit: 'transitions', dollars: both(0.00195) },
    { of: 'S3 storage', quantity: both(2_500_000), unit: 'bytes', dollars: both(0.0007) },
  ],
  total: { low: 0.003, high: 0.00515 },
  elsewhere: { furtherTrail: 0.02296, guardDuty: 0.004592 },
};
const open = { account: '111122223333', name: 'harbour', regions: ['eu-west-1', 'us-east-1'] };
const closed = {
  account: '222233334444',
  regions: [],
  closed: { reason: 'denied', operation: 'sts:AssumeRole', detail: 'no such\u001B[31m role' },
} as const;
const report = (over: Partial<PlanReport> = {}): PlanReport => ({
  tool: 'ronda 9.9.9',
  planned: { partition: 'aws', home: open.account, accounts: [open], wanted: [] },
  services: ['ec2', 's3'],
  checks: 134,
  concurrency: 50,
  basis: { from: 'assumption', assumed: {} },
  forecast,
  prices: PRICES,
  ...over,
});
const last = {
  date: '2026-11-22',
  run: '20261122T020000000Z-abcdef',
  startedAt: '2026-11-22T02:00:00.000Z',
  calls: 1130,
  throttled: 3,
  seconds: 47,
  findings: 1800,
};
const text = (over?: Partial<PlanReport>, width = 120) => forecastText(report(over), width);
const planned = (...accounts: PlanReport['planned']['accounts']) => ({ ...report().planned, accounts });

describe('the plan as text', () => {
  it.each<[string, Partial<PlanReport>, RegExp]>([
    ['counts what there is', {}, /^ronda 9\.9\.9 {2}1 account {2}2 regions {2}2 services {2}134 checks\nec2 s3\n/],
    ['names accounts', {}, /^111122223333 harbour {2}2 regions$/m],
    ['has no column for a run that was not made', {}, /^calls {5}1,129$/m],
    ['sets the last run beside it', { last }, /^calls {5}1,129 +1,130, 3 throttled$/m],
    ['does not know the places of a run that stored none', { last }, /^places {4}18 +-$/m],
    ['knows those of a run of the stack', { last: { ...last, items: 18 } }, /^places {4}18 +18$/m],
    ['says that nothing was known', {}, /^Assumed: every account is empty\./m],
    [
      'says what was assumed',
      { basis: { from: 'assumption', assumed: { users: 50, buckets: 6000 } } },
      /^Assumed: every account holds 50 users, 6,000 buckets and nothing else\./m,
    ],
    [
      'says from which run it is, and that it has grown',
      {
        basis: { from: 'run', run: last.run, hasInventory: true },
        forecast: { ...forecast, scale: 1.987 },
      },
      /^From run 20261122T020000000Z-abcdef: its calls times 1\.99; sizes from its inventory\.$/m,
    ],
    [
      'says what a run without inventory does not tell',
      { basis: { from: 'run', run: last.run, hasInventory: false }, forecast: { ...forecast, scale: 1 } },
      /its calls as they were; it kept no inventory, so/,
    ],
    [
      'adds up one night',
      {},
      /^one night {2}\$0\.003 to \$0\.0052, list prices of us-east-1 \(the oldest of 2025-07\), no free tier$/m,
    ],
    [
      'says what others charge for',
      {},
      /1,148 CloudTrail events: free in the first trail, \$0\.023 in each further one, \$0\.0046 or more where/,
    ],
  ])('%s', (_name, over, words) => expect(text(over)).toMatch(words));

  it('says which account cannot be entered, first, and lets nothing command the terminal', () => {
    const said = text({ planned: planned(open, closed) });
    expect(said).toMatch(
      /\n\n222233334444 {2}cannot be entered: sts:AssumeRole: no such\\u\{1b\}\[31m role\n111122223333/,
    );
  });
  it('says whose regions are not known', () => {
    const gap = { reason: 'denied', operation: 'ec2:DescribeRegions', detail: 'access denied' } as const;
    expect(text({ planned: planned({ ...open, regions: [], gap }) })).toMatch(
      /its regions are not known: ec2:DescribeRegions: access denied/,
    );
  });
  it('fits on a screen, however many accounts there are', () => {
    const many = Array.from({ length: 400 }, (_, index) => ({ ...closed, account: String(100_000_000_000 + index) }));
    for (const width of [60, 80, 120]) {
      const lines = text({ planned: planned(open, ...many), last }, width).split('\n');
      expect(lines.length).toBeLessThanOrEqual(48);
      for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      expect(lines.join(' ').replaceAll(/ +/g, ' ')).toContain('and 396 more, 395 of them cannot be read');
    }
  });
});

describe('words', () => {
  it.each([
    [both(0), 'under $0.0001'],
    [both(0.00195), '$0.0019'],
    [{ low: 0.00001, high: 0.5 }, 'under $0.0001 to $0.50'],
    [both(21), '$21'],
    [both(1234.5), '$1,235'],
  ])('%j is %s', (range, words) => expect(dollarWords(range)).toBe(words));
  it.each([
    [both(47), '47 s'],
    [{ low: 5, high: 50 }, '5 to 50 s'],
    [{ low: 20, high: 300 }, 'under 1 to 5 min'],
    [both(180), '3 min'],
    [{ low: 3600, high: 9000 }, '1.0 to 2.5 h'],
  ])('%j is %s', (range, words) => expect(timeWords(range)).toBe(words));
});

it('is whole as JSON, with where each price is from', () => {
  const json = JSON.parse(forecastJson(report({ last }))) as Record<string, any>;
  expect(json).toMatchObject({ format: 1, forecast, last, pricedRegion: 'us-east-1', basis: { from: 'assumption' } });
  expect(json['scope']).toMatchObject({
    accounts: [open],
    regions: ['eu-west-1', 'us-east-1'],
    services: ['ec2', 's3'],
  });
  expect(json['prices'].stateTransition.source).toBe('https://aws.amazon.com/step-functions/pricing/');
});
