/** What a run will ask and cost, as arithmetic over what is planned: nothing here asks AWS or reads a store. */
import type { CallCount } from '../aws/counts.ts';
import { type Item, organizationTypes } from '../aws/items.ts';
import type { Declared, Operation, Source } from '../aws/operations.ts';
import type { Resource } from '../aws/resource.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Cell, Use, Uses } from '../core/model.ts';
import { itemsOf, lostCells, type PlannedAccount } from './items.ts';
import { costOf, PRICES, type Prices } from './prices.ts';
import type { StoredPlan } from './stored.ts';

/** Between which figures it will be. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

/** What a run is to look at. */
export type PlannedRun = Pick<StoredPlan, 'partition' | 'home' | 'accounts' | 'wanted'>;

/** How many resources of a type one place holds, and of how many of its files they make; shares where they are averages. */
interface Size {
  readonly rows: number;
  readonly files: number;
}
export type Sizes = (type: string, account: string, region: string) => Size;

/** What a stored run came to, to scale from. */
export interface RunBefore {
  readonly planned: PlannedRun;
  readonly checks: readonly AnyCheck[];
  readonly calls: readonly CallCount[];
  readonly findings: number;
}

interface Forecasting {
  readonly planned: PlannedRun;
  readonly sizes: Sizes;
  readonly resources: readonly Resource[];
  readonly checks: readonly AnyCheck[];
  /** Items that the state machine works on at the same time. */
  readonly concurrency: number;
  /** Files of the report besides the page, findings.json and findings.csv. */
  readonly furtherFiles?: number;
  readonly before?: RunBefore | undefined;
  readonly prices?: Prices;
}

export interface Cost {
  readonly of: 'Lambda' | 'Step Functions' | 'S3 requests' | 'S3 storage' | 'SNS';
  readonly quantity: Range;
  readonly unit: string;
  readonly dollars: Range;
}

/** One night in the stack. Prices are list prices, without free tiers. */
export interface Forecast {
  /** Accounts that can be entered, and the places that are read of them: a region, or what is account-wide. */
  readonly accounts: number;
  readonly items: number;
  /** Where the run before was scaled from: what its calls were multiplied by. */
  readonly scale?: number;
  readonly calls: number;
  /** Most called first. */
  readonly callsByService: readonly { readonly service: string; readonly calls: number }[];
  /** What CloudTrail records: the calls, and entering the accounts. */
  readonly events: number;
  readonly resources: number;
  readonly findings: number;
  readonly seconds: Range;
  readonly transitions: number;
  readonly invocations: number;
  readonly gigabyteSeconds: Range;
  /** `objects` are those of the run and what it replaces; `writes` are PUT, POST and LIST requests. */
  readonly s3: { readonly objects: number; readonly writes: number; readonly reads: number; readonly bytes: number };
  readonly messages: number;
  readonly costs: readonly Cost[];
  readonly total: Range;
  /** What others charge for the events of the run, where there are such. */
  readonly elsewhere: { readonly furtherTrail: number; readonly guardDuty: number };
}

/** Resources that AWS makes in each account, in every region or account-wide. */
const ALWAYS: Readonly<Record<string, number>> = {
  'AWS::::Account': 1,
  'AWS::AccessAnalyzer::RegionSettings': 1,
  'AWS::EC2::AccountSettings': 1,
  'AWS::EC2::EndpointServices': 1,
  'AWS::EC2::NetworkAcl': 1,
  'AWS::EC2::PrefixList': 2,
  'AWS::EC2::RouteTable': 1,
  'AWS::EC2::SecurityGroup': 1,
  'AWS::EC2::Subnet': 3,
  'AWS::EC2::VPC': 1,
  'AWS::EC2::VPCBlockPublicAccessOptions': 1,
};

const exactly = (rows: number): Size => ({ rows, files: rows > 0 ? 1 : 0 });

/** Sizes of accounts that hold what AWS makes, and of each type that is given so many an account, in the first of its regions. */
export function assumedSizes(
  accounts: readonly Pick<PlannedAccount, 'account' | 'regions'>[],
  given: Readonly<Record<string, number>> = {},
): Sizes {
  const first = new Map(accounts.map(({ account, regions }) => [account, regions[0]]));
  return (type, account, region) => {
    const always = ALWAYS[type] ?? 0;
    const isThere = region === 'global' || region === first.get(account);
    return exactly(isThere ? Math.max(always, given[type] ?? 0) : always);
  };
}

/** Sizes as they were read. A place that was not is taken for the average of its region, else of all that are of its kind. */
export function storedSizes(cells: readonly Cell[]): Sizes {
  const places = Map.groupBy(cells, ({ account, region }) => `${account} ${region}`);
  for (const [place, own] of places) if (own.every(({ gap }) => gap)) places.delete(place);
  const known = new Map(
    [...places.values()].flat().map((cell) => [`${cell.account} ${cell.region} ${cell.type}`, cell]),
  );
  const likeIt = Map.groupBy(known.values(), ({ region, type }) => `${region} ${type}`);
  const anyOf = Map.groupBy(known.values(), ({ region, type }) => `${region === 'global'} ${type}`);
  return (type, account, region) => {
    const own = known.get(`${account} ${region} ${type}`);
    if (own) return { rows: own.rows, files: own.rows > 0 ? (own.parts ?? 1) : 0 };
    const others = likeIt.get(`${region} ${type}`) ?? anyOf.get(`${region === 'global'} ${type}`);
    if (!others) return exactly(ALWAYS[type] ?? 0);
    const average = (of: (cell: Cell) => number) => others.reduce((sum, cell) => sum + of(cell), 0) / others.length;
    return { rows: average(({ rows }) => rows), files: average(({ rows }) => (rows > 0 ? 1 : 0)) };
  };
}

/** Asked of few resources: where something else was denied, or is set up in an uncommon way. */
const SELDOM = new Set([
  'ec2:DescribeVpcBlockPublicAccessExclusions',
  'ec2:GetManagedPrefixListEntries',
  'iam:GetLoginProfile',
  'iam:GetUser',
  'iam:ListMFADevices',
  'iam:ListSSHPublicKeys',
  'iam:ListSigningCertificates',
  's3:GetAccessPoint',
  's3:GetAccessPointPolicyStatus',
  's3:GetBucketAcl',
  's3:GetMultiRegionAccessPointPolicyStatus',
]);
/** Most lists of AWS give so many at once when they are asked for as many as they can. */
const PAGE = 1000;
/** ListAccounts gives 20 at once (AWS Organizations API reference). */
const ACCOUNTS_PAGE = 20;

/** Calls by operation: `service:Action`, the service as runs count it. */
type Asked = Map<string, number>;

function add(to: Asked, action: string, calls: number): void {
  to.set(action, (to.get(action) ?? 0) + calls);
}

const ownIn = (declared: Declared): readonly Operation[] =>
  declared.filter((one) => !('operations' in one)) as Operation[];
const sourcesIn = (declared: Declared): readonly Source[] => declared.filter((one) => 'operations' in one) as Source[];
/** The service is the SDK client's, as runs count their calls; the action is IAM's, which every declared operation has. */
const nameOf = ({ client, action }: Operation): string =>
  `${client.name.replace(/Client$/, '').toLowerCase()}:${action.split(':', 2)[1]}`;
const namesOf = (operations: readonly Operation[]): readonly string[] => [...new Set(operations.map(nameOf))];

/** Listing takes its paged operations, else the first: what a list asks besides, it asks of what it has found. */
function listing({ operations }: Resource): readonly string[] {
  const own = ownIn(operations);
  const paged = own.filter(({ paginate }) => paginate);
  return namesOf(paged.length > 0 ? paged : own.slice(0, 1));
}

/** The calls for one item: each list, each shared answer once, and what each resource takes. */
function callsFor(item: Item, { sizes, resources }: Pick<Forecasting, 'sizes' | 'resources'>): Asked {
  const { account, region } = item.place;
  const asked: Asked = new Map();
  const shared = new Set<Source>();
  for (const { type, facets } of item.types) {
    const resource = resources.find((one) => one.type === type);
    if (!resource) throw new TypeError(`no collector for ${type}`);
    const { rows } = sizes(type, account, region);
    for (const name of listing(resource)) add(asked, name, Math.max(1, Math.ceil(rows / PAGE)));
    for (const source of sourcesIn(resource.operations)) shared.add(source);
    if (rows === 0) continue;
    const read = facets.flatMap((name) => [...(resource.facets[name]?.operations ?? [])]);
    const usual = ownIn(read).filter(({ action }) => !SELDOM.has(action));
    for (const name of namesOf(usual)) add(asked, name, rows);
    for (const source of sourcesIn(read)) shared.add(source);
  }
  for (const source of shared) for (const operation of source.operations) add(asked, nameOf(operation), 1);
  return asked;
}

interface ItemWork {
  readonly account: string;
  readonly isGlobal: boolean;
  readonly asked: Asked;
  readonly calls: number;
  readonly rows: number;
  readonly files: number;
  /** Files as often as they are read for judging. */
  readonly reads: number;
  /** Those of them that every other account is judged with. */
  readonly sharedReads: number;
  readonly findings: number;
}

const sumOf = <T>(all: Iterable<T>, of: (one: T) => number): number => {
  let sum = 0;
  for (const one of all) sum += of(one);
  return sum;
};

/** How often a type is read when it is judged, and how many findings each of its resources has. */
function judgingOf(
  checks: readonly AnyCheck[],
  wanted: PlannedRun['wanted'],
): (type: string) => { readonly passes: number; readonly findings: number } {
  const findings = new Map<string, number>();
  for (const { resource, variants } of checks)
    for (const type of resource as readonly string[]) findings.set(type, (findings.get(type) ?? 0) + variants.length);
  const regional = new Set(wanted.flatMap(({ type, scope }) => (scope === 'regional' ? [type] : [])));
  const lookedUp = { inRegions: new Set<string>(), everywhere: new Set<string>() };
  for (const { resource, uses } of checks) {
    for (const judged of resource as readonly string[]) {
      const from = regional.has(judged) ? lookedUp.inRegions : lookedUp.everywhere;
      for (const { type } of Object.values(uses as Uses) as Use[]) from.add(type);
    }
  }
  // What each Region looks up of its own is read once more where what is account-wide looks it up in all.
  const lookups = (type: string) => {
    const times = Object.values(lookedUp).filter((types) => types.has(type)).length;
    return regional.has(type) ? times : Math.min(1, times);
  };
  return (type) => ({
    passes: (findings.has(type) ? 1 : 0) + lookups(type),
    findings: findings.get(type) ?? 0,
  });
}

function workOf(input: Pick<Forecasting, 'planned' | 'sizes' | 'resources' | 'checks'>): readonly ItemWork[] {
  const { planned, sizes, checks } = input;
  const judging = judgingOf(checks, planned.wanted);
  const organization = new Set(organizationTypes(planned.wanted));
  return planned.accounts.flatMap((one) =>
    itemsOf(planned.wanted, one, planned).map((item): ItemWork => {
      const { account, region } = item.place;
      const asked = callsFor(item, input);
      const types = item.types.map(({ type }) => ({
        ...sizes(type, account, region),
        ...judging(type),
        isShared: organization.has(type),
      }));
      return {
        account,
        isGlobal: region === 'global',
        asked,
        calls: sumOf(asked.values(), (calls) => calls),
        rows: sumOf(types, ({ rows }) => rows),
        files: sumOf(types, ({ files }) => files),
        reads: sumOf(types, ({ files, passes }) => files * passes),
        sharedReads: sumOf(types, ({ files, passes, isShared }) => (isShared ? files * passes : 0)),
        findings: sumOf(types, ({ rows, findings }) => rows * findings),
      };
    }),
  );
}

/** What planning asks: who, which accounts, and the regions of each that can be entered. */
function planningCalls({ accounts }: PlannedRun): Asked {
  const open = accounts.filter(({ closed }) => !closed).length;
  const asked: Asked = new Map([
    ['sts:GetCallerIdentity', 1],
    ['ec2:DescribeRegions', open],
  ]);
  if (accounts.length > 1) add(asked, 'organizations:ListAccounts', Math.ceil(accounts.length / ACCOUNTS_PAGE));
  return asked;
}

function byService(all: Iterable<readonly [service: string, calls: number]>): Forecast['callsByService'] {
  const sums: Asked = new Map();
  for (const [service, calls] of all) add(sums, service, calls);
  return [...sums]
    .map(([service, calls]) => ({ service, calls: Math.round(calls) }))
    .toSorted((a, b) => b.calls - a.calls || (a.service < b.service ? -1 : 1));
}

const serviceOf = (action: string): string => action.split(':', 1)[0]!;

function modelledCalls(planned: PlannedRun, work: readonly ItemWork[]): Forecast['callsByService'] {
  const all = [planningCalls(planned), ...work.map(({ asked }) => asked)];
  return byService(all.flatMap((asked) => [...asked].map(([action, calls]) => [serviceOf(action), calls] as const)));
}

const totalOf = (services: Forecast['callsByService']): number => sumOf(services, ({ calls }) => calls);

interface Expected {
  readonly services: Forecast['callsByService'];
  readonly findings: number;
  readonly scale?: number;
}

/** The model's figures; where there is a run before, its own, service by service as many times as the model says that there is more. */
function expectedOf(input: Forecasting, work: readonly ItemWork[]): Expected {
  const { planned, before } = input;
  const now = modelledCalls(planned, work);
  const findings = findingsOf(input, work);
  if (!before) return { services: now, findings };
  const workThen = workOf({ ...input, ...before });
  const then = new Map(modelledCalls(before.planned, workThen).map(({ service, calls }) => [service, calls]));
  const called = byService(before.calls.map(({ service, calls }) => [service, calls] as const));
  const services = byService([
    ...called.map(({ service, calls }) => {
      const here = now.find((one) => one.service === service)?.calls ?? 0;
      return [service, calls * (here / (then.get(service) ?? (here || 1)))] as const;
    }),
    ...now.filter(({ service }) => !then.has(service)).map(({ service, calls }) => [service, calls] as const),
  ]).filter(({ calls }) => calls > 0);
  const findingsThen = findingsOf({ ...input, ...before }, workThen);
  return {
    services,
    findings: findingsThen > 0 ? Math.round(before.findings * (findings / findingsThen)) : findings,
    scale: totalOf(services) / totalOf(called),
  };
}

/** One of each check for each resource, and one for what cannot be seen of an account that cannot be entered. */
function findingsOf({ planned, checks }: Pick<Forecasting, 'planned' | 'checks'>, work: readonly ItemWork[]): number {
  const closed = planned.accounts.filter((one) => one.closed).length;
  return Math.round(sumOf(work, ({ findings }) => findings) + checks.length * closed);
}

/** Functions in the stack: megabytes of memory (serverless.yml). */
export const MEMORY = { plan: 1024, collect: 1769, evaluate: 1769, publish: 3008 } as const;
/**
 * State transitions (infra/audit.asl.json): the four states of the run; of an item and of an account their states, and one for the start of
 * an execution of their own, which a distributed map is charged for (AWS Step Functions developer guide, transitions).
 */
export const TRANSITIONS = { run: 4, item: 4, account: 2 } as const;

/** Seconds to start a function whose code is not there yet, and to enter an account. */
const START: Range = { low: 0.4, high: 1.5 };
/** Seconds of work for a call: signing, reading the answer (measured: 1.3 ms with one CPU). */
const CALL: Range = { low: 0.0013, high: 0.005 };
/** Seconds for calls that wait for one another: six round trips in a small account, more where lists have pages. */
const CHAIN: Range = { low: 0.3, high: 3 };
/** Seconds until IAM has made a credential report. */
const CREDENTIAL_REPORT: Range = { low: 0, high: 10 };
/** Seconds that the state machine takes to begin and to close a map. */
const MAP: Range = { low: 1, high: 10 };
const FINDING: Range = { low: 0.0001, high: 0.0005 };
const OBJECT: Range = { low: 0.0005, high: 0.02 };
/** EC2 is asked ten times a second after the first fifty calls, of each operation in a region (lib/aws/pacing.ts). */
const EC2 = { burst: 50, perSecond: 10 };
/** Accounts that planning enters at the same time. */
const ENTERED_AT_ONCE = 20;
/** A step begins nothing more after 12 of its 15 minutes, and leaves the rest to a further part. */
const PART_SECONDS = 720;

const plus = (...ranges: readonly Range[]): Range => ({
  low: sumOf(ranges, ({ low }) => low),
  high: sumOf(ranges, ({ high }) => high),
});
const times = (count: number, { low, high }: Range): Range => ({ low: low * count, high: high * count });
const fixed = (value: number): Range => ({ low: value, high: value });
const most = (...ranges: readonly Range[]): Range => ({
  low: Math.max(0, ...ranges.map(({ low }) => low)),
  high: Math.max(0, ...ranges.map(({ high }) => high)),
});

function pacedSeconds(asked: Asked): number {
  const paced = [...asked].filter(([action]) => serviceOf(action) === 'ec2').map(([, calls]) => calls);
  return Math.max(0, ...paced.map((calls) => (calls - EC2.burst) / EC2.perSecond));
}

function itemSeconds({ asked, calls, files, isGlobal }: ItemWork): Range {
  const waiting = most(plus(CHAIN, isGlobal ? CREDENTIAL_REPORT : fixed(0)), fixed(pacedSeconds(asked)));
  return plus(START, most(waiting, times(calls + files, CALL)));
}

/** How long it takes when so many are done at the same time: at least as long as the longest. */
function together(seconds: readonly Range[], concurrency: number): Range {
  const all = plus(...seconds);
  return most(...seconds, { low: all.low / concurrency, high: all.high / concurrency });
}

interface Step {
  readonly memory: number;
  readonly runs: readonly Range[];
}

const gigabyteSecondsOf = (steps: readonly Step[]): Range =>
  plus(...steps.map(({ memory, runs }) => times(memory / 1024, plus(...runs))));

/** Bytes in the bucket, as the example accounts have them: of a place, of a finding in every form, of a run. */
const BYTES = { item: 20_000, finding: 700, run: 900_000 };
const GIGABYTE = 2 ** 30;
/** Months that reports are kept where nothing else is configured: 400 days. */
const MONTHS = 400 / (365.25 / 12);
/** Requests of a distributed map for its results: the manifest, and one file as a multipart upload. */
const MAP_WRITES = 4;
const LIST_PAGE = 1000;

/** Requests and objects of each step, by the keys that it reads and writes (lib/run/steps.ts, evaluate.ts, publish.ts). */
function requestsOf(input: Forecasting, work: readonly ItemWork[], parts: number): Omit<Forecast['s3'], 'bytes'> {
  const { planned, furtherFiles = 0 } = input;
  const accounts = planned.accounts.length;
  const lost = sumOf(planned.accounts, (one) => lostRecords(planned, one));
  const home = work.filter(({ account }) => account === planned.home);
  const others = planned.accounts.filter(({ account }) => account !== planned.home).length;
  const objects = {
    plan: 4 + lost,
    collect: sumOf(work, ({ files }) => files) + work.length + parts,
    evaluate: 4 * accounts,
    publish: 6 + furtherFiles + accounts,
  };
  const records = work.length + lost + others * home.length;
  const rows = sumOf(work, ({ reads }) => reads) + others * sumOf(home, ({ sharedReads }) => sharedReads);
  const reads = {
    collect: parts,
    evaluate: 2 * accounts + records + parts + rows,
    publish: 5 + 4 * accounts,
    configuration: 2 * (2 + accounts),
    maps: 2,
  };
  const written = sumOf(Object.values(objects), (count) => count);
  return {
    objects: Math.round(written),
    writes: Math.round(written + listsOf(planned, work) + 2 * MAP_WRITES),
    reads: Math.round(sumOf(Object.values(reads), (count) => count)),
  };
}

/** The records of cells that cannot even be tried. */
const lostRecords = ({ wanted, partition }: PlannedRun, one: PlannedAccount): number =>
  new Set(lostCells(wanted, one, partition).map(({ region }) => region)).size;

/** The pages of the lists that judging an account takes, and of the findings. */
function listsOf({ accounts, home }: PlannedRun, work: readonly ItemWork[]): number {
  const items = Map.groupBy(work, ({ account }) => account);
  const pages = (keys: number) => Math.max(1, Math.ceil(keys / LIST_PAGE));
  const inventoryOf = (account: string) => pages(sumOf(items.get(account) ?? [], ({ files }) => files + 1));
  const each = accounts.map(
    ({ account }) =>
      inventoryOf(account) + pages(items.get(account)?.length ?? 0) + (account === home ? 0 : inventoryOf(home)),
  );
  return pages(accounts.length) + sumOf(each, (lists) => lists);
}

/** What one night will come to. */
export function forecast(input: Forecasting): Forecast {
  const { planned, concurrency, prices = PRICES } = input;
  const work = workOf(input);
  const { services, findings, scale } = expectedOf(input, work);
  const calls = totalOf(services);
  const accounts = planned.accounts.length;
  const seconds = work.map(itemSeconds);
  const parts = sumOf(seconds, ({ low }) => Math.ceil(low / PART_SECONDS));
  const s3 = {
    ...requestsOf(input, work, parts),
    bytes: BYTES.run + BYTES.item * work.length + BYTES.finding * findings,
  };
  const steps = {
    plan: [plus(START, times(Math.ceil(accounts / ENTERED_AT_ONCE), { low: 0.2, high: 2 }))],
    collect: seconds,
    evaluate: planned.accounts.map(({ account }) => {
      const own = work.filter((item) => item.account === account);
      return plus(
        START,
        times(sumOf(own, ({ reads }) => reads) + 2 * own.length, OBJECT),
        times(
          sumOf(own, (item) => item.findings),
          FINDING,
        ),
      );
    }),
    publish: [plus(START, times(findings, FINDING), times(accounts, OBJECT), { low: 0.5, high: 3 })],
  };
  const gigabyteSeconds = gigabyteSecondsOf(
    (Object.keys(steps) as (keyof typeof steps)[]).map((name) => ({ memory: MEMORY[name], runs: steps[name] })),
  );
  const invocations = 2 + parts + accounts;
  const transitions =
    TRANSITIONS.run + TRANSITIONS.item * work.length + TRANSITIONS.account * accounts + 2 * (parts - work.length);
  const events = calls + work.length + accounts;
  const messages = 1;
  const costs: readonly Cost[] = [
    {
      of: 'Lambda',
      quantity: gigabyteSeconds,
      unit: 'GB-seconds',
      dollars: plus(
        {
          low: costOf(prices.lambdaCompute, gigabyteSeconds.low),
          high: costOf(prices.lambdaCompute, gigabyteSeconds.high),
        },
        fixed(costOf(prices.lambdaRequest, invocations)),
      ),
    },
    priced('Step Functions', transitions, 'transitions', costOf(prices.stateTransition, transitions)),
    priced(
      'S3 requests',
      s3.writes + s3.reads,
      'requests',
      costOf(prices.s3Write, s3.writes) + costOf(prices.s3Read, s3.reads),
    ),
    priced('S3 storage', s3.bytes, 'bytes', costOf(prices.s3Storage, (s3.bytes / GIGABYTE) * MONTHS)),
    priced('SNS', messages, 'messages', costOf(prices.snsPublish, messages) + costOf(prices.snsEmail, messages)),
  ];
  return {
    accounts: planned.accounts.filter(({ closed }) => !closed).length,
    items: work.length,
    ...(scale !== undefined && { scale }),
    calls,
    callsByService: services,
    events,
    resources: Math.round(sumOf(work, ({ rows }) => rows)),
    findings,
    seconds: plus(
      ...steps.plan,
      times(2, MAP),
      together(steps.collect, concurrency),
      together(steps.evaluate, concurrency),
      ...steps.publish,
    ),
    transitions,
    invocations,
    gigabyteSeconds,
    s3,
    messages,
    costs,
    total: plus(...costs.map(({ dollars }) => dollars)),
    elsewhere: {
      furtherTrail: costOf(prices.cloudTrailCopy, events),
      guardDuty: costOf(prices.guardDutyEvent, events),
    },
  };
}

const priced = (of: Cost['of'], quantity: number, unit: string, dollars: number): Cost => ({
  of,
  quantity: fixed(quantity),
  unit,
  dollars: fixed(dollars),
});
