import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { METRICS } from '../../lib/run/metrics.ts';
import { packaged, resolved, type Stack, type Statement } from './_stack.ts';

/**
 * What AWS publishes, and under which dimension: developer guides of AWS Step Functions ("Monitoring metrics with CloudWatch"), AWS Lambda
 * ("Types of metrics") and Amazon SQS ("Available CloudWatch metrics").
 */
const PUBLISHED: Readonly<Record<string, { readonly by: string; readonly names: readonly string[] }>> = {
  'AWS/States': {
    by: 'StateMachineArn',
    names: ['ExecutionsStarted', 'ExecutionsSucceeded', 'ExecutionsFailed', 'ExecutionsTimedOut', 'ExecutionsAborted'],
  },
  'AWS/Lambda': { by: 'FunctionName', names: ['Errors', 'Throttles', 'Duration'] },
  'AWS/SQS': { by: 'QueueName', names: ['ApproximateNumberOfMessagesVisible'] },
  Ronda: { by: 'Stack', names: Object.keys(METRICS) },
};

/** With choices that are not the default. */
let stack: Stack;
beforeAll(async () => {
  const options = ['minCoverage=75', 'dashboard=false', 'collectConcurrency=40'];
  stack = await packaged(...options.flatMap((option) => ['--param', option]));
}, 300_000);
afterAll(() => rm(stack.folder, { recursive: true }));

const properties = (name: string, parameters = {}) =>
  resolved(stack.template.Resources[name]!.Properties, stack.template, parameters);
const named = (type: string) =>
  Object.keys(stack.template.Resources).filter((name) => stack.template.Resources[name]!.Type === type);

interface Metric {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
}

describe('alarms', () => {
  const metricsOf = (alarm: string): Metric[] => {
    const { Metrics, ...own } = properties(alarm);
    return Metrics
      ? Metrics.flatMap(({ MetricStat }: { MetricStat?: { Metric: Metric } }) => MetricStat?.Metric ?? [])
      : [own];
  };

  it('each tell the topic, and say what to do', () => {
    const alarms = named('AWS::CloudWatch::Alarm');
    expect(alarms.toSorted()).toEqual([
      'AccountsNotJudgedAlarm',
      'CoverageAlarm',
      'DeadLettersAlarm',
      'RunFailedAlarm',
      'RunMissingAlarm',
    ]);
    for (const alarm of alarms) {
      const { AlarmActions, AlarmDescription } = properties(alarm);
      expect(AlarmActions).toEqual(['Topic']);
      // CloudWatch API reference, PutMetricAlarm.
      expect(AlarmDescription.length).toBeLessThanOrEqual(1024);
      expect(AlarmDescription).toMatch(/: repair that|Look whether|most often/);
    }
  });

  it('watch metrics that somebody writes', () => {
    for (const alarm of named('AWS::CloudWatch::Alarm')) {
      for (const { Namespace, MetricName, Dimensions } of metricsOf(alarm)) {
        expect(PUBLISHED[Namespace]?.names).toContain(MetricName);
        expect(Dimensions.map(({ Name }) => Name)).toEqual([PUBLISHED[Namespace]!.by]);
        if (Namespace === 'Ronda') expect(Dimensions[0]!.Value).toBe('ronda-dev');
      }
    }
    expect(properties('PublishLambdaFunction').Environment.Variables.STACK).toBe('ronda-dev');
  });

  it('a run that was published is one that came', () => {
    expect(properties('RunMissingAlarm')).toMatchObject({ MetricName: 'Completed', TreatMissingData: 'breaching' });
  });

  it.each([
    ['CoverageAlarm', { MetricName: 'Coverage', Statistic: 'Minimum', ComparisonOperator: 'LessThanThreshold' }],
    ['AccountsNotJudgedAlarm', { MetricName: 'AccountsNotJudged', ComparisonOperator: 'GreaterThanThreshold' }],
  ])('%s stays as it is until another run', (alarm, expected) => {
    expect(properties(alarm)).toMatchObject({ ...expected, TreatMissingData: 'ignore', OKActions: ['Topic'] });
  });

  it('for coverage has a threshold of choice', () => {
    expect(Number(properties('CoverageAlarm').Threshold)).toBe(75);
  });

  it('none adds up what a repeat writes twice', () => {
    for (const alarm of named('AWS::CloudWatch::Alarm')) {
      const { Namespace, Statistic } = properties(alarm);
      if (Namespace === 'Ronda') expect(Statistic).not.toBe('Sum');
    }
  });
});

interface Widget {
  readonly type: 'alarm' | 'log' | 'metric';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly region?: string;
    readonly alarms?: readonly string[];
    readonly stat?: string;
    readonly query?: string;
    readonly metrics?: readonly (readonly [string, string, string, string, { readonly stat?: string }?])[];
    readonly annotations?: { readonly horizontal: readonly { readonly value: number }[] };
  };
}

describe.each([
  ['without Slack', {}],
  ['with Slack', { WebhookParameter: '/ronda/slack' }],
])('the dashboard %s', (_, parameters) => {
  let widgets: readonly Widget[];
  let hasSlack: boolean;
  beforeAll(() => {
    ({ widgets } = JSON.parse(properties('RunDashboard', parameters).DashboardBody));
    hasSlack = 'WebhookParameter' in parameters;
  });
  const isThere = (name: string) => hasSlack || stack.template.Resources[name]!.Condition !== 'HasWebhook';
  const metrics = () => widgets.flatMap(({ properties }) => properties.metrics ?? []);

  it('names metrics that somebody writes, and resources of the stack', () => {
    expect(metrics().length).toBeGreaterThan(20);
    for (const [namespace, name, dimension, value] of metrics()) {
      expect(PUBLISHED[namespace]?.names).toContain(name);
      expect(dimension).toBe(PUBLISHED[namespace]!.by);
      if (namespace === 'Ronda') expect(value).toBe('ronda-dev');
      else expect(stack.template.Resources[value.split('.')[0]!]).toBeDefined();
    }
  });

  it('shows all that a run writes, and adds up none of it', () => {
    const own = metrics().filter(([namespace]) => namespace === 'Ronda');
    expect(own.map(([, name]) => name).toSorted()).toEqual(Object.keys(METRICS).toSorted());
    for (const { properties } of widgets)
      for (const [namespace, , , , { stat = properties.stat } = {}] of properties.metrics ?? [])
        if (namespace === 'Ronda') expect(['Maximum', 'Minimum']).toContain(stat);
  });

  it('shows every function, alarm and log', () => {
    const functions = named('AWS::Lambda::Function').filter(isThere).toSorted();
    for (const name of ['Errors', 'Duration']) {
      const shown = metrics().filter(([namespace, metric]) => namespace === 'AWS/Lambda' && metric === name);
      expect(shown.map(([, , , value]) => value).toSorted()).toEqual(functions);
    }
    expect(widgets.flatMap(({ properties }) => properties.alarms ?? []).toSorted()).toEqual(
      named('AWS::CloudWatch::Alarm')
        .map((name) => `arn:aws:cloudwatch:eu-west-1:111122223333:alarm:${name}`)
        .toSorted(),
    );
    const sources = (query: string) => [...query.matchAll(/SOURCE '(\w+)'/g)].map(([, group]) => group!).toSorted();
    const [memory, errors] = widgets.flatMap(({ properties }) => properties.query ?? []);
    expect(sources(errors!)).toEqual(named('AWS::Logs::LogGroup').filter(isThere).toSorted());
    expect(sources(memory!)).toEqual(sources(errors!).filter((group) => group !== 'RunLogs'));
    // Lambda reports the memory of a call in a system log of level INFO.
    expect(properties('CollectLambdaFunction').LoggingConfig.SystemLogLevel).toBe('INFO');
  });

  it('is laid out in 24 columns, and nothing lies on something else', () => {
    const taken = new Set<string>();
    for (const { x, y, width, height } of widgets) {
      expect(x + width).toBeLessThanOrEqual(24);
      for (let column = x; column < x + width; column += 1) {
        for (let row = y; row < y + height; row += 1) {
          expect(taken).not.toContain(`${column} ${row}`);
          taken.add(`${column} ${row}`);
        }
      }
    }
    for (const { type, properties } of widgets) if (type !== 'alarm') expect(properties.region).toBe('eu-west-1');
  });

  it('draws the line under which the alarm is', () => {
    const lines = widgets.flatMap(({ properties }) => properties.annotations?.horizontal ?? []);
    expect(lines.map(({ value }) => value)).toEqual([75]);
  });
});

it('the dashboard can be left out', () => {
  expect(stack.template.Resources['RunDashboard']!.Condition).toBe('HasDashboard');
  expect(stack.template.Parameters['Dashboard']!.Default).toBe('false');
});

describe('logs', () => {
  const groups = () => named('AWS::Logs::LogGroup');

  it('are encrypted with the key of the stack, where it has one', () => {
    expect(groups()).toHaveLength(named('AWS::Lambda::Function').length + 1);
    for (const group of groups()) {
      expect(properties(group).KmsKeyId).toBe('ReportKey');
      expect(properties(group, { Encryption: 's3' }).KmsKeyId).toBeUndefined();
    }
  });

  it('the key is for CloudWatch Logs and for these groups alone', () => {
    const { Statement } = properties('ReportKey').KeyPolicy as { Statement: Statement[] };
    const statement = Statement.find(({ Sid }) => Sid === 'LogsOfTheStack')!;
    expect(statement).toMatchObject({ Principal: { Service: 'logs.eu-west-1.amazonaws.com' } });
    expect(Object.keys(statement.Condition!)).toEqual(['ArnLike']);
    const patterns = statement.Condition!['ArnLike']!['kms:EncryptionContext:aws:logs:arn'] as string[];
    const prefixes = patterns.map((pattern) => {
      expect(pattern).toMatch(/^[^*]+-\*$/);
      return pattern.slice(0, -1);
    });
    for (const group of groups()) {
      const arn = `arn:aws:logs:eu-west-1:111122223333:log-group:${properties(group).LogGroupName}`;
      expect(prefixes.filter((prefix) => arn.startsWith(prefix))).toHaveLength(1);
    }
  });
});

it('concurrency is reserved for reading, where somebody says how much', () => {
  const reserved = named('AWS::Lambda::Function').filter((name) => 'ReservedConcurrentExecutions' in properties(name));
  expect(reserved).toEqual(['CollectLambdaFunction']);
  expect(Number(properties('CollectLambdaFunction').ReservedConcurrentExecutions)).toBe(40);
});
