import type { Config } from '../../config/schema.ts';
import type { AnyCheck } from '../../core/evaluate.ts';
import { s3Store } from '../../store/s3.ts';
import type { Store } from '../../store/store.ts';
import { partitionOf } from '../../aws/partitions.ts';
import { deployment } from '../deployment.ts';
import { environment, TOOL } from '../lambda.ts';
import { deployedHealth, type Where } from './deployed.ts';
import type { PartHealth } from './model.ts';
import { broken, works } from './parts.ts';
import { reportsHealth, topicHealth } from './places.ts';

/** What the nightly run is configured to do, as far as it can be told. */
export interface Configured {
  readonly config: Config;
  readonly checks: readonly AnyCheck[];
  readonly part: PartHealth;
}

/** The configuration in the report bucket. Where it cannot be used, that is told, and everything is looked at. */
export async function configured(all: readonly AnyCheck[]): Promise<Configured> {
  try {
    const { config, checks } = await deployment(all);
    return { config, checks, part: works('configuration', `${checks.length} checks are on`) };
  } catch (error) {
    const otherwise = { config: {}, checks: all };
    const asked = {
      action: 's3:GetObject',
      resource: `arn:${partitionOf(environment('AWS_REGION'))}:s3:::${environment('REPORT_BUCKET')}/config/*`,
      purpose: 'the configuration cannot be read',
    } as const;
    return { ...otherwise, part: broken('configuration', asked, error) };
  }
}

/** What the stack gives its own function by the environment: the same as CloudFormation tells of it. */
export function partsOfNight(now: Date): readonly Promise<readonly PartHealth[]>[] {
  const store: Store = s3Store(environment('REPORT_BUCKET'));
  const where: Where = { region: environment('AWS_REGION') };
  const { WEBHOOK_PARAMETER: parameter, WEBHOOK_SECRET: secret } = process.env;
  const topic = environment('TOPIC_ARN');
  const expects = parameter || secret ? 'lambda' : undefined;
  const machine = environment('RUN_MACHINE_ARN');
  const schedule = environment('SCHEDULE_NAME');
  return [
    reportsHealth(store, now, partitionOf(where.region)).then((part) => [part]),
    topicHealth({ topic, now, tool: TOOL, expects }).then((part) => [part]),
    deployedHealth({ machine, schedule, parameter, secret }, where),
  ];
}
