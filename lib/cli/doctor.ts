import { doctorJson, doctorText } from '../report/doctor.ts';
import { doctor } from '../run/doctor.ts';
import type { Deployed } from '../run/doctor/deployed.ts';
import type { PartHealth } from '../run/doctor/model.ts';
import { reportsHealth, topicHealth } from '../run/doctor/places.ts';
import { partitionOf } from '../aws/partitions.ts';
import { openStore } from '../store/open.ts';
import { UserError } from '../core/errors.ts';
import { credentialsOf, entrancesOf, type OrganizationOptions } from './options.ts';
import type { Product } from './program.ts';
import { placeOf, scopeOf, type ScopeOptions, startRegion } from './scope.ts';

interface DoctorOptions extends ScopeOptions, OrganizationOptions {
  readonly regions?: readonly string[];
  readonly out?: string;
  readonly topic?: string;
  readonly stack?: string;
  readonly sendTest?: boolean;
  readonly json?: boolean;
}

/** Tries what a night needs, prints what works and what does not, and answers with the exit code. */
export async function doctorCommand(options: DoctorOptions, product: Product): Promise<number> {
  const { config, checks } = await scopeOf(options, product.checks);
  const region = startRegion();
  const { profile, stack } = options;
  // The role that reads the account reads no stack, and keeps no reports.
  const where = { region, credentials: await credentialsOf({ profile }, region) };
  const found =
    stack === undefined ? undefined : await (await import('../run/doctor/deployed.ts')).deployedIn(stack, where);
  const deployed: Deployed = found?.deployed ?? {};
  const place = options.out ?? (deployed.bucket && `s3://${deployed.bucket}`) ?? placeOf(undefined, config);
  const topic = options.topic ?? deployed.topic ?? config.topic;
  if (options.sendTest && topic === undefined) throw new UserError('--send-test: name a topic with --topic or --stack');
  const now = () => new Date();
  const tool = `ronda ${product.version}`;
  const report = await doctor({
    tool,
    checks,
    resources: await product.resources(),
    entrances: await entrancesOf(options, region),
    region,
    regions: options.regions ?? config.regions ?? [],
    accounts: config.accounts,
    parts: [
      ...(found ? [deployedParts(found, where)] : []),
      openStore(place).then(async (store) => [await reportsHealth(store, now(), partitionOf(region))]),
      ...(topic === undefined ? [] : [topicPart(topic, deployed, options.sendTest === true, tool)]),
    ],
    roles: { member: options.organization ? options.memberRole : undefined, again: againOf(options, deployed) },
    now,
  });
  process.stdout.write(options.json ? doctorJson(report) : doctorText(report));
  return report.isWell ? 0 : 1;
}

async function deployedParts(
  { deployed, part }: { readonly deployed: Deployed; readonly part: PartHealth },
  where: Parameters<typeof import('../run/doctor/deployed.ts').deployedHealth>[1],
): Promise<readonly PartHealth[]> {
  if (!deployed.bucket) return [part];
  const { deployedHealth } = await import('../run/doctor/deployed.ts');
  return [part, ...(await deployedHealth(deployed, where))];
}

async function topicPart(
  topic: string,
  { parameter, secret }: Deployed,
  isSent: boolean,
  tool: string,
): Promise<readonly PartHealth[]> {
  const sendTest = isSent ? (await import('../run/alert.ts')).toTopic(topic) : undefined;
  const expects = parameter || secret ? 'lambda' : undefined;
  return [await topicHealth({ topic, sendTest, now: new Date(), tool, expects })];
}

/** The same command again; in the stack's own account its function answers for the roles of the functions. */
function againOf(options: DoctorOptions, { doctor: name }: Deployed): string {
  const { profile, role, externalId, organization, memberRole, stack, out, topic, services, checks } = options;
  const given: Readonly<Record<string, string | readonly string[] | undefined>> = {
    profile,
    role,
    'external-id': externalId,
    stack,
    out,
    topic,
    services,
    checks,
    ...(organization && { organization: [], 'member-role': memberRole }),
  };
  const words = Object.entries(given).flatMap(([option, value]) =>
    value === undefined ? [] : [`--${option}`, ...[value].flat().map(quoted)],
  );
  const own =
    name === undefined
      ? ''
      : `    # and of the stack's own roles: aws lambda invoke --function-name ${name} /dev/stdout`;
  return `${['ronda doctor', ...words].join(' ')}${own}`;
}

const quoted = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
