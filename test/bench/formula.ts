import type { Counts } from './worlds.ts';

/** A line of the call formula: which operations, how many calls they may take at most, and why. */
export interface Term {
  readonly operations: RegExp;
  readonly calls: number;
  readonly why: string;
}

/** What one account may cost, for the checks of this version. N regions; every list fits one page at its largest size. */
export function formula(counts: Counts, regions: number): readonly Term[] {
  const {
    buckets,
    accessPoints,
    instances,
    launchTemplates,
    prefixLists,
    subnetGroups,
    databases,
    databaseSnapshots,
    trails,
    keys,
  } = counts;
  return [
    { operations: /^sts:/, calls: 1, why: 'who am I' },
    { operations: /^ec2:DescribeInstanceAttribute$/, calls: instances, why: 'user data: 1 per instance, no bulk form' },
    {
      operations: /^ec2:(DescribeImages|GetManaged)/,
      calls: launchTemplates + prefixLists,
      why: 'images of launch templates, entries of own prefix lists',
    },
    {
      operations: /^ec2:/,
      calls: 2 + 17 * regions,
      why: 'DescribeRegions for the plan and for CloudTrail + at most 17 lists and switches per region',
    },
    { operations: /^autoscaling:/, calls: regions, why: '1 list per region' },
    {
      operations: /^(elasticache|redshift|dax):/,
      calls: 3 * regions + subnetGroups,
      why: '1 list of subnet groups per service and region, 1 of users where there is a group',
    },
    {
      operations: /^iam:/,
      calls: 5 + 3 + 2,
      why: 'authorisation details by filter, credential report with one poll, summary, password policy',
    },
    {
      operations: /^s3control:/,
      calls: 2 + regions + 2 * accessPoints,
      why: 'account block, multi-Region access points, lists per region, 2 per access point',
    },
    { operations: /^s3:/, calls: 1 + 9 * buckets, why: 'list + at most 9 per bucket' },
    {
      operations: /^rds:/,
      calls: 7 * regions + databases + databaseSnapshots,
      why: '7 lists per region, at most 1 parameter group per database, 1 per manual unencrypted snapshot',
    },
    {
      operations: /^cloudtrail:/,
      calls: 2 + 3 * trails,
      why: 'ListTrails, DescribeTrails per home region, status and selectors per trail',
    },
    { operations: /^kms:/, calls: regions + 2 * keys, why: '1 list per region, metadata and rotation per key' },
  ];
}

interface Accounted extends Term {
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
