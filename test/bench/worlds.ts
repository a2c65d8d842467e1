import { organizationWorldOf, SMALL, times, worldOf } from '../emulator/generate.ts';
import { type AccountFile, EXAMPLE, readWorld, type WorldFile } from '../emulator/world.ts';
import { sizeOf } from './organization.ts';

/** An account, or an organisation, that is measured. */
export interface Measured {
  readonly what: string;
  readonly world: () => WorldFile;
  /** Where it takes long: so many runs, unless somebody asks for more. */
  readonly runs?: number;
  /** Every account of the organisation is audited. */
  readonly isOrganization?: true;
  /** The heap of each of its processes, in MB: V8 lets garbage stand as long as there is memory. */
  readonly heap?: number;
  /** User data is read at a pace of 10 instances a second and Region (half of what AWS allows): not where there are very many. */
  readonly isWithoutUserData?: true;
}

export const REGIONS = 17;
const ACCOUNTS = 100;
const MEMBERS = sizeOf(ACCOUNTS, REGIONS);

export const MEASURED = {
  E: { what: 'an empty account', world: () => worldOf({}) },
  S: {
    what: '50 users, 60 roles, 61 buckets, 99 instances, 12 databases over 17 Regions',
    world: () => worldOf(SMALL),
  },
  M: { what: 'five times S', world: () => worldOf(times(SMALL, 5)), runs: 3 },
  T: {
    what: 'S with 305 buckets, everything in one Region: made to be throttled',
    world: () => worldOf({ ...SMALL, buckets: 305, busyRegions: 1 }),
  },
  L: {
    what: '100,000 instances and 10,000 security groups in 3 Regions, user data apart; collecting and judging have a heap of 300 MB each',
    world: () => worldOf({ instances: 100_000, securityGroups: 10_000, busyRegions: 3 }),
    runs: 1,
    heap: 300,
    isWithoutUserData: true,
  },
  B: { what: '10,000 buckets', world: () => worldOf({ buckets: 10_000 }), runs: 1 },
  O: {
    what: `an organisation of ${ACCOUNTS} accounts, one of them five times S`,
    world: () => organizationWorldOf(MEMBERS),
    runs: 1,
    isOrganization: true,
  },
} as const satisfies Readonly<Record<string, Measured>>;
export type Name = keyof typeof MEASURED;

/** What the emulator can be started with. */
export const WORLDS: Readonly<Record<string, () => WorldFile>> = {
  ...Object.fromEntries(Object.entries(MEASURED).map(([name, { world }]) => [name, world])),
  example: () => readWorld(EXAMPLE),
};

/** The accounts of a world, one after the other: those that are made on demand are made here. */
export function* accountsOf({ accounts, made }: WorldFile): Generator<AccountFile> {
  yield* Object.values(accounts);
  for (const id of made?.ids ?? []) yield made!.describe(id);
}

/** How many there are of what costs calls. */
export interface Counts {
  readonly regions: number;
  readonly hasUsers: boolean;
  /** Users in whom nothing was in use lately. */
  readonly dormantUsers: number;
  readonly buckets: number;
  readonly versionedBuckets: number;
  readonly bucketsWithPolicy: number;
  readonly instances: number;
  /** Regions with an instance. */
  readonly regionsWithInstances: number;
  /** Those that are not encrypted: others cannot be public. */
  readonly regionsWithOpenSnapshots: number;
  readonly regionsWithDatabases: number;
  /** Of all Regions together, those that databases use. */
  readonly parameterGroups: number;
  /** Manual ones that are not encrypted: others cannot be public. */
  readonly openDatabaseSnapshots: number;
  readonly trails: number;
  /** Pages beyond the first of what comes 1,000 at a time: instances, their volumes and interfaces, security groups. */
  readonly furtherPages: number;
}

const PAGE = 1000;

/** Counts what the generator makes; accounts of another origin may hold what is not counted. */
export function countsOf({ iam, s3, regions = {}, Regions = [] }: AccountFile): Counts {
  const all = Object.values(regions);
  const users = iam?.Users ?? [];
  const buckets = s3?.Buckets ?? [];
  const having = (count: (region: (typeof all)[number]) => number | undefined) =>
    all.filter((region) => (count(region) ?? 0) > 0).length;
  const sum = (count: (region: (typeof all)[number]) => number | undefined) =>
    all.reduce((total, region) => total + (count(region) ?? 0), 0);
  const further = (count: number) => Math.max(0, Math.ceil(count / PAGE) - 1);
  return {
    regions: Regions.length,
    hasUsers: users.length > 0,
    dormantUsers: users.filter(isDormant).length,
    buckets: buckets.length,
    versionedBuckets: buckets.filter(({ Versioning }) => Versioning?.Status === 'Enabled').length,
    bucketsWithPolicy: buckets.filter(({ Policy }) => Policy).length,
    instances: sum(({ ec2 }) => ec2?.Instances?.length),
    regionsWithInstances: having(({ ec2 }) => ec2?.Instances?.length),
    regionsWithOpenSnapshots: having(({ ec2 }) => ec2?.Snapshots?.filter(({ Encrypted }) => !Encrypted).length),
    regionsWithDatabases: having(({ rds }) => rds?.DBInstances?.length),
    parameterGroups: sum(
      ({ rds }) => new Set(rds?.DBInstances?.map(({ DBParameterGroupName }) => DBParameterGroupName ?? 'default')).size,
    ),
    openDatabaseSnapshots: sum(({ rds }) => rds?.DBSnapshots?.filter(({ Encrypted }) => !Encrypted).length),
    trails: sum(({ cloudtrail }) => cloudtrail?.Trails?.length),
    furtherPages: sum(
      // One volume and one interface of each instance, and the default group.
      ({ ec2 }) => 3 * further(ec2?.Instances?.length ?? 0) + further((ec2?.SecurityGroups?.length ?? 0) + 2),
    ),
  };
}

const LENIENT_DAYS = 44;

/** As checks/iam looks at it: without a password or an active key used in the last 44 days. */
function isDormant({
  Password,
  AccessKeys = [],
}: NonNullable<NonNullable<AccountFile['iam']>['Users']>[number]): boolean {
  const isLongAgo = (time: unknown) => Number(/^-(\d+)d$/.exec(String(time))?.[1] ?? Infinity) >= LENIENT_DAYS;
  const isPasswordUsed = Password && !isLongAgo(Password.LastUsed);
  return !isPasswordUsed && AccessKeys.every((key) => isLongAgo(key.LastUsedDate ?? key.CreateDate));
}
