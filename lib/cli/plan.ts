import pMap from 'p-map';
import { sessionFor } from '../aws/clients.ts';
import { callCounts } from '../aws/counts.ts';
import { selectionOf } from '../aws/permissions.ts';
import { type Wanted, wantedOf } from '../aws/items.ts';
import type { Config } from '../config/schema.ts';
import { UserError } from '../core/errors.ts';
import type { Cell } from '../core/model.ts';
import { type Basis, forecastJson, forecastText, type LastRun, type PlanReport } from '../report/forecast.ts';
import { identified } from '../run/audit.ts';
import { assumedSizes, forecast, type PlannedRun, type RunBefore, type Sizes, storedSizes } from '../run/forecast.ts';
import { infoOf, type RunHeader } from '../run/model.ts';
import { plannedAccounts } from '../run/plan.ts';
import { PRICES } from '../run/prices.ts';
import { readJson, readJsonIfAny, type StoredPlan } from '../run/stored.ts';
import { openStore } from '../store/open.ts';
import { keys, type Store } from '../store/store.ts';
import { entrancesOf, type OrganizationOptions } from './options.ts';
import type { Product } from './program.ts';
import { placeOf, scopeOf, type ScopeOptions, startRegion } from './scope.ts';

interface PlanOptions extends ScopeOptions, OrganizationOptions {
  readonly regions?: readonly string[];
  readonly out?: string;
  readonly assume?: string;
  readonly concurrency: string;
  readonly json?: boolean;
}

/** Records that are read at the same time. */
const AT_ONCE = 20;
/** Of more accounts than that, the inventory of the first stands for all. */
const SAMPLE = 50;

/** Prints what the next run will ask and cost. 2: some of its scope cannot be seen. */
export async function planCommand(options: PlanOptions, product: Product): Promise<number> {
  const { config, checks } = await scopeOf(options, product.checks);
  const concurrency = concurrencyOf(options.concurrency);
  const assumed = options.assume === undefined ? undefined : assumedOf(options.assume);
  const resources = await product.resources();
  const planned = await askedScope(options, config, wantedOf(selectionOf(checks), resources));
  const stored = await storedOf(placeOf(options.out, config), product, planned);
  const known = knowledgeOf(planned, stored, assumed);
  const furtherFiles = config.formats?.length ?? 0;
  const report: PlanReport = {
    tool: `ronda ${product.version}`,
    planned,
    services: [...new Set(checks.map((check) => infoOf(check).service))].toSorted(),
    checks: checks.length,
    concurrency,
    basis: known.basis,
    forecast: forecast({ planned, resources, checks, concurrency, furtherFiles, prices: PRICES, ...known }),
    last: stored?.last,
    prices: PRICES,
  };
  process.stdout.write(options.json ? forecastJson(report) : forecastText(report));
  return planned.accounts.some(({ closed, gap }) => closed ?? gap) ? 2 : 0;
}

interface Knowledge {
  readonly basis: Basis;
  readonly sizes: Sizes;
  readonly before?: RunBefore | undefined;
}

/** What is assumed comes before what is stored: somebody has said so. */
function knowledgeOf({ accounts }: PlannedRun, stored: Stored | undefined, assumed?: Assumed): Knowledge {
  const before = assumed ? undefined : stored?.before;
  if (!stored || !before)
    return {
      basis: { from: 'assumption', assumed: assumed ?? {} },
      sizes: assumedSizes(accounts, typesOf(assumed ?? {})),
    };
  const hasInventory = stored.cells.length > 0;
  return {
    basis: { from: 'run', run: stored.last.run, hasInventory },
    sizes: hasInventory ? storedSizes(stored.cells) : assumedSizes(accounts),
    before,
  };
}

/** The accounts and regions of the scope, asked as a run asks them. */
async function askedScope(options: PlanOptions, config: Config, wanted: readonly Wanted[]): Promise<PlannedRun> {
  const region = startRegion();
  const entrances = await entrancesOf(options, region);
  const counts = callCounts();
  const session = sessionFor({ credentials: entrances.home, counts });
  const { account: home, partition } = await identified(session, region);
  const choice = { accounts: config.accounts, regions: options.regions ?? config.regions ?? [] };
  const accounts = await plannedAccounts(entrances, { account: home, partition, session, counts }, choice);
  return { partition, home, accounts, wanted };
}

interface Stored {
  readonly last: LastRun;
  /** What to scale from; absent where the run asked AWS nothing, or nothing that is asked today. */
  readonly before: RunBefore | undefined;
  readonly cells: readonly Cell[];
}

/** The last run that is stored, if it looked at any of these accounts. Where it cannot be read, that is said, and the plan goes on without it. */
async function storedOf(place: string, product: Product, planned: PlannedRun): Promise<Stored | undefined> {
  try {
    const store = await openStore(place);
    const header = await readJsonIfAny<RunHeader>(store, keys.latest);
    const isOfThese = header && planned.accounts.some(({ account }) => header.scope.accounts.includes(account));
    return isOfThese ? await storedRun(store, header, product, planned) : undefined;
  } catch (error) {
    const { name, message } = error as Error;
    process.stderr.write(`ronda: the last run in ${place} cannot be read: ${name}: ${message}\n`);
    return undefined;
  }
}

async function storedRun(store: Store, header: RunHeader, product: Product, planned: PlannedRun): Promise<Stored> {
  const plan = await readJsonIfAny<StoredPlan>(store, keys.report(header, 'plan.json'));
  const ran = new Set(header.checks.map(({ id }) => id));
  const checks = product.checks.filter(({ id }) => ran.has(id));
  const wanted = wantedOf(selectionOf(checks), await product.resources());
  const then: PlannedRun = { ...(plan ?? scopeBefore(header, planned.home)), wanted };
  const isUsable = header.calls.length > 0 && checks.length > 0;
  const last = await lastRun(store, header, plan);
  return {
    last,
    before: isUsable ? { planned: then, checks, calls: header.calls, findings: last.findings } : undefined,
    cells: isUsable ? await cellsOf(store, header) : [],
  };
}

/** A run in one process stores no plan: each account that was entered had the regions of the run. */
function scopeBefore({ scope, accounts }: RunHeader, home: string): Omit<PlannedRun, 'wanted'> {
  const closed = new Map(
    accounts.map(({ account, summary }) => [
      account,
      summary.gaps.find(({ operation }) => operation === 'sts:AssumeRole'),
    ]),
  );
  return {
    partition: scope.partition,
    home,
    accounts: scope.accounts.map((account) => {
      const gap = closed.get(account);
      return gap ? { account, regions: [], closed: gap } : { account, regions: scope.regions };
    }),
  };
}

async function cellsOf(store: Store, { scope, date, run }: RunHeader): Promise<readonly Cell[]> {
  const lists = await pMap(
    scope.accounts.slice(0, SAMPLE),
    (account) => store.list(keys.inventoryOf({ date, run }, account)),
    { concurrency: AT_ONCE },
  );
  const records = lists.flat().filter((key) => key.endsWith('/_cells.json'));
  return (await pMap(records, (key) => readJson<Cell[]>(store, key), { concurrency: AT_ONCE })).flat();
}

async function lastRun(store: Store, header: RunHeader, plan: StoredPlan | undefined): Promise<LastRun> {
  const { date, run, startedAt, endedAt, calls, summary, scope } = header;
  const { PASS, FAIL, SKIP, UNKNOWN } = summary.statuses;
  const isSmall = scope.accounts.length <= SAMPLE;
  const isOfStack = plan !== undefined && isSmall;
  const items = isOfStack
    ? (await readJsonIfAny<unknown[]>(store, keys.report(header, 'items.json')))?.length
    : undefined;
  return {
    date,
    run,
    startedAt,
    calls: calls.reduce((sum, one) => sum + one.calls, 0),
    throttled: calls.reduce((sum, one) => sum + one.throttled, 0),
    seconds: (Date.parse(endedAt) - Date.parse(startedAt)) / 1000,
    findings: PASS + FAIL + SKIP + UNKNOWN,
    ...(items !== undefined && { items }),
    ...(isOfStack && { objects: await objectsOf(store, header) }),
  };
}

/** The objects of a run, and those it has replaced: its header as the latest, and a state of each account. The state machine's own are left out. */
async function objectsOf(store: Store, header: RunHeader): Promise<number> {
  const below = [
    keys.report(header, ''),
    keys.findingsOf(header),
    ...header.scope.accounts.map((account) => keys.inventoryOf(header, account)),
  ];
  const found = await pMap(below, (prefix) => store.list(prefix), { concurrency: AT_ONCE });
  const own = found.flat().filter((key) => !key.startsWith(keys.report(header, 'map/')));
  return own.length + 1 + header.scope.accounts.length;
}

type Assumed = Readonly<Record<string, number>>;

/** What people call the types that cost most. */
const NAMES: Readonly<Record<string, string>> = {
  applications: 'AWS::CodeDeploy::Application',
  buckets: 'AWS::S3::Bucket',
  clusters: 'AWS::RDS::DBCluster',
  databases: 'AWS::RDS::DBInstance',
  groups: 'AWS::IAM::Group',
  images: 'AWS::EC2::Image',
  instances: 'AWS::EC2::Instance',
  keys: 'AWS::KMS::Key',
  'launch-templates': 'AWS::EC2::LaunchTemplate',
  'load-balancers': 'AWS::ElasticLoadBalancingV2::LoadBalancer',
  pipelines: 'AWS::CodePipeline::Pipeline',
  policies: 'AWS::IAM::ManagedPolicy',
  roles: 'AWS::IAM::Role',
  'security-groups': 'AWS::EC2::SecurityGroup',
  snapshots: 'AWS::EC2::Snapshot',
  trails: 'AWS::CloudTrail::Trail',
  users: 'AWS::IAM::User',
  volumes: 'AWS::EC2::Volume',
};

/** `users=50,buckets=60`: how many there are in each account. Throws a UserError that names what there is. */
function assumedOf(text: string): Assumed {
  const pairs = text.split(',').filter(Boolean);
  return Object.fromEntries(
    pairs.map((pair): [string, number] => {
      const [name = '', count = ''] = pair.split('=').map((part) => part.trim());
      if (!Object.hasOwn(NAMES, name))
        throw new UserError(
          `--assume: nothing is called ${JSON.stringify(name)}; there are ${Object.keys(NAMES).join(', ')}`,
        );
      if (!/^\d{1,7}$/.test(count)) throw new UserError(`--assume ${pair}: write a number, such as ${name}=50`);
      return [name, Number(count)];
    }),
  );
}

const typesOf = (assumed: Assumed): Assumed =>
  Object.fromEntries(Object.entries(assumed).map(([name, count]) => [NAMES[name]!, count]));

function concurrencyOf(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new UserError(`--concurrency ${text}: write a number from 1`);
  return count;
}
