import { credentialsFrom } from '../../lib/aws/credentials.ts';
import type { Entrances } from '../../lib/run/entrances.ts';
import { accountId, type OrganizationSize, SMALL, times } from '../emulator/generate.ts';

const ROLE = 'ronda-scan';
const EXTERNAL_ID = 'scale';
export const BUCKET = 'ronda-scale-reports';
const TOPIC = 'ronda-scale';
export const REGION = 'us-east-1';
const LARGEST = 5;

/** An ordinary account: a few of everything, in two of its Regions. */
const ORDINARY = {
  users: 5,
  groups: 2,
  roles: 12,
  policies: 4,
  buckets: 5,
  instances: 6,
  securityGroups: 6,
  snapshots: 4,
  databases: 1,
  trails: 1,
} as const;

/** The role, the bucket and the topic of a deployed stack. */
export const STACK_WORLD = { role: ROLE, externalId: EXTERNAL_ID, buckets: [BUCKET], topics: [TOPIC] } as const;

/** Of every 50 accounts one is the benchmark's, and one of all is five times that. */
export function sizeOf(accounts: number, regions: number): OrganizationSize {
  return {
    accounts,
    regions,
    size: { ...ORDINARY, vpcs: regions + 1 },
    largerEvery: 50,
    larger: { ...SMALL, vpcs: regions + 3 },
    largest: { ...times(SMALL, LARGEST), vpcs: regions + 3 * LARGEST },
    ...STACK_WORLD,
  };
}

/** Points this process and its children at an emulator as a deployed stack points its functions at AWS. */
export function useStack(endpoint: string): void {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'scale',
    AWS_SECRET_ACCESS_KEY: 'scale',
    AWS_REGION: REGION,
    REPORT_BUCKET: BUCKET,
    TOPIC_ARN: `arn:aws:sns:${REGION}:${accountId(0)}:${TOPIC}`,
    SCAN_ROLE_ARN: roleIn(accountId(0)),
    MEMBER_ROLE: ROLE,
    EXTERNAL_ID,
    CONCURRENCY: '50',
    STACK: 'ronda-scale',
    POWERTOOLS_LOG_LEVEL: 'SILENT',
  });
}

const roleIn = (account: string): string => `arn:aws:iam::${account}:role/${ROLE}`;

/** Each role is assumed once: the functions assume it in every step. */
export function keptEntrances(): Entrances {
  const own = { region: REGION, externalId: EXTERNAL_ID };
  const kept = new Map<string, ReturnType<typeof credentialsFrom>>();
  const entered = (account: string) => {
    if (!kept.has(account)) kept.set(account, credentialsFrom({ ...own, role: roleIn(account) }));
    return kept.get(account)!;
  };
  return { home: entered(accountId(0)), member: entered };
}
