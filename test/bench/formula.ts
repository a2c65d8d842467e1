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
    users,
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
    pipelines,
    applications,
    loadBalancers,
    organizationalUnits,
    organizationPolicies,
  } = counts;
  return [
    { operations: /^sts:/, calls: 1, why: 'who am I' },
    { operations: /^ec2:DescribeInstanceAttribute$/, calls: instances, why: 'user data: 1 per instance, no bulk form' },
    {
      operations: /^ec2:(DescribeImages|GetManaged)/,
      calls: 2 * regions + launchTemplates + prefixLists,
      why: 'own images and those of instances per region, images of launch templates, entries of own prefix lists',
    },
    {
      operations: /^ec2:/,
      calls: 2 + 27 * regions + launchTemplates,
      why: 'DescribeRegions for the plan and for CloudTrail + at most 27 lists and switches per region, versions of launch templates in use',
    },
    { operations: /^autoscaling:/, calls: 2 * regions, why: '2 lists per region' },
    {
      operations: /^(elasticache|redshift|dax):/,
      calls: 3 * regions + subnetGroups,
      why: '1 list of subnet groups per service and region, 1 of users where there is a group',
    },
    {
      operations: /^iam:/,
      calls: 5 + 3 + 7 + 2 * users,
      why: 'authorisation details by filter, credential report with one poll, 7 lists and settings, SSH keys and certificates of users who look idle',
    },
    {
      operations: /^s3control:/,
      calls: 2 + regions + 2 * accessPoints,
      why: 'account block, multi-Region access points, lists per region, 2 per access point',
    },
    { operations: /^s3:/, calls: 1 + 12 * buckets, why: 'list + at most 12 per bucket' },
    {
      operations: /^rds:/,
      calls: 8 * regions + 3 * Math.min(regions, databases) + databases + databaseSnapshots,
      why: '8 lists per region, 3 for the certificates and versions of its databases, at most 1 parameter group per database, 1 per manual unencrypted snapshot',
    },
    {
      operations: /^cloudtrail:/,
      calls: 2 + 3 * trails,
      why: 'ListTrails, DescribeTrails per home region, status and selectors per trail',
    },
    {
      operations: /^kms:/,
      calls: regions + 3 * keys,
      why: '1 list per region, metadata, policy and rotation per key',
    },
    { operations: /^codebuild:/, calls: 2 * regions, why: '1 list per region, 1 description of all its projects' },
    { operations: /^codepipeline:/, calls: regions + pipelines, why: '1 list per region, 1 per pipeline' },
    {
      operations: /^codedeploy:/,
      calls: regions + 2 * applications,
      why: '1 list per region, groups of each application and their description',
    },
    {
      operations: /^elasticloadbalancing(v2)?:/,
      calls: 2 * regions + loadBalancers,
      why: '1 list of each kind per region, listeners per balancer',
    },
    { operations: /^ssm:/, calls: regions, why: '1 list per region' },
    { operations: /^access-analyzer:/, calls: 2 * regions, why: '1 list per region, findings of its analyzer' },
    { operations: /^account:/, calls: 3, why: 'the contacts: for security, and those it is compared with' },
    {
      operations: /^organizations:/,
      calls: 5 + 2 * organizationalUnits + 2 * organizationPolicies,
      why: 'organisation, accounts, roots, policies of 2 types, 2 lists per unit, document and targets per policy',
    },
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
