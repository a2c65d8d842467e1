import type { WorldFile } from '../emulator/world.ts';
import { accountsOf, type Counts, countsOf } from './worlds.ts';

/** A line of the call formula: which operations, how many calls they take, and why. */
export interface Term {
  readonly operations: RegExp;
  readonly calls: number;
  readonly why: string;
}

/**
 * What one account costs, to the call, for all checks of this version and an account of the generator's. A new credential report takes
 * one poll. Lists come 1,000 at a time.
 */
function ofAccount(counts: Counts, isWithoutUserData: boolean): readonly Term[] {
  const { regions, buckets, regionsWithDatabases: withDatabases } = counts;
  return [
    {
      operations: /^ec2:DescribeInstanceAttribute$/,
      calls: isWithoutUserData ? 0 : counts.instances,
      why: 'user data: 1 per instance',
    },
    {
      operations: /^ec2:DescribeRegions$/,
      calls: 2,
      why: 'Regions for the plan, and for CloudTrail',
    },
    {
      operations: /^ec2:/,
      calls: 26 * regions + counts.regionsWithInstances + counts.regionsWithOpenSnapshots + counts.furtherPages,
      why: '26 lists and switches per Region, 1 for the images of its instances, 1 for public snapshots where one could be, further pages',
    },
    { operations: /^autoscaling:/, calls: 2 * regions, why: '2 lists per Region' },
    { operations: /^(elasticache|redshift|dax):/, calls: 3 * regions, why: '1 list per service and Region' },
    {
      operations: /^iam:/,
      calls: 5 + 3 + 6 + Number(counts.hasUsers) + counts.dormantUsers,
      why: 'authorisation details by filter, credential report with one poll, 6 lists and settings, 1 where there are users, SSH keys of those who look idle',
    },
    {
      operations: /^s3control:/,
      calls: 2 + regions,
      why: 'account block, multi-Region access points, access points per Region',
    },
    {
      operations: /^s3:/,
      calls: 1 + 9 * buckets + counts.versionedBuckets + counts.bucketsWithPolicy,
      why: 'list, 9 per bucket, the lock of versioned ones, the status of policies',
    },
    {
      operations: /^rds:/,
      calls: 8 * regions + 3 * withDatabases + counts.parameterGroups + counts.openDatabaseSnapshots,
      why: '8 lists per Region, 3 for certificates and versions of its databases, 1 per parameter group in use, 1 per manual unencrypted snapshot',
    },
    { operations: /^cloudtrail:/, calls: 2 + 2 * counts.trails, why: '2 lists, status and selectors per trail' },
    {
      operations: /^(kms|codebuild|codepipeline|codedeploy|ssm|access-analyzer):/,
      calls: 6 * regions,
      why: '1 list per service and Region',
    },
    { operations: /^elasticloadbalancing(v2)?:/, calls: 2 * regions, why: '1 list of each kind per Region' },
    { operations: /^account:/, calls: 1, why: 'the contact for security' },
  ];
}

/** Of AWS Organizations. */
const PER_PAGE = 20;

/** What the run itself asks, and what is read once for all accounts. */
function ofRun(accounts: number, organization: WorldFile['organization']): readonly Term[] {
  const pagesOf = (count: number) => Math.ceil(count / PER_PAGE);
  const units = 1 + (organization?.OrganizationalUnits?.length ?? 0);
  return [
    { operations: /^sts:GetCallerIdentity$/, calls: 1, why: 'who am I' },
    {
      operations: /^organizations:/,
      calls: organization ? accounts + 2 * pagesOf(accounts) + 3 + pagesOf(units + accounts) + 2 * units : 2,
      why: organization
        ? 'what each account is in, twice the list of accounts, roots, policies, the one of AWS and what it is attached to, 2 lists per unit'
        : 'is there an organisation, and may its accounts be listed',
    },
    {
      operations: /^sts:AssumeRole$/,
      calls: organization ? accounts - 1 : 0,
      why: '1 per account beside the own one',
    },
  ];
}

interface Formula {
  readonly world: WorldFile;
  readonly isWithoutUserData?: boolean | undefined;
}

/** What the audit of a world costs, its accounts together. */
export function formula({ world, isWithoutUserData = false }: Formula): readonly Term[] {
  const accounts = Array.from(accountsOf(world), (account) => ofAccount(countsOf(account), isWithoutUserData));
  const together = accounts[0]!.map((term, line) => ({
    ...term,
    calls: accounts.reduce((sum, terms) => sum + terms[line]!.calls, 0),
  }));
  return [...ofRun(accounts.length, world.organization), ...together];
}

export interface Accounted extends Term {
  readonly made: number;
}

/** Books every call of a run under the first term that names its operation. */
export function account(
  calls: Readonly<Record<string, number>>,
  terms: readonly Term[],
): { lines: readonly Accounted[]; unforeseen: readonly string[] } {
  const made = new Map(terms.map((term) => [term, 0]));
  const unforeseen: string[] = [];
  for (const [operation, count] of Object.entries(calls)) {
    const term = terms.find(({ operations }) => operations.test(operation));
    if (term) made.set(term, made.get(term)! + count);
    else unforeseen.push(operation);
  }
  return { lines: terms.map((term) => ({ ...term, made: made.get(term)! })), unforeseen };
}
