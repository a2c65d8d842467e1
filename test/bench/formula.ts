import type { Size } from '../emulator/generate.ts';

/** A line of the call formula: which operations, how many calls they may take, and why. */
export interface Term {
  readonly operations: RegExp;
  readonly calls: number;
  readonly why: string;
}

/**
 * What one account may cost at most, for the checks of this version. N regions; every list fits one page at its largest size.
 * Polls of the credential report while it is being made come on top of IAM's figure.
 */
export function formula(size: Size, regions: number): readonly Term[] {
  const { buckets, instances, snapshots: _, launchTemplates: __, databaseSnapshots, parameterGroups, trails } = size;
  return [
    { operations: /^sts:/, calls: 1, why: 'who am I' },
    { operations: /^ec2:DescribeInstanceAttribute$/, calls: instances, why: 'user data: 1 per instance, no bulk form' },
    { operations: /^ec2:/, calls: 1 + 17 * regions, why: 'DescribeRegions + at most 17 lists and switches per region' },
    { operations: /^autoscaling:/, calls: regions, why: '1 per region' },
    {
      operations: /^(elasticache|redshift|dax):/,
      calls: 3 * regions,
      why: '1 list of subnet groups per service and region',
    },
    {
      operations: /^iam:/,
      calls: 5 + 2 + 3,
      why: 'authorisation details by filter, credential report, summary, password policy',
    },
    {
      operations: /^s3control:/,
      calls: 2 + regions,
      why: 'account block, multi-Region access points, access points per region',
    },
    { operations: /^s3:/, calls: 1 + 9 * buckets, why: 'list + at most 9 per bucket' },
    {
      operations: /^rds:/,
      calls: 7 * regions + parameterGroups + databaseSnapshots,
      why: '7 lists per region, 1 per parameter group in use, 1 per manual unencrypted snapshot',
    },
    {
      operations: /^cloudtrail:/,
      calls: 2 + 2 * trails,
      why: 'ListTrails, DescribeTrails per home region, status and selectors per trail',
    },
    { operations: /^kms:/, calls: regions, why: '1 per region (no customer keys in this account)' },
  ];
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
