import { SMALL, worldOf } from '../emulator/generate.ts';
import { type AccountFile, EXAMPLE, readWorld, type WorldFile } from '../emulator/world.ts';

/** The accounts that are measured: empty, the reference account of the design, and the example. */
export const WORLDS: Readonly<Record<string, () => WorldFile>> = {
  E: () => worldOf({}),
  S: () => worldOf(SMALL),
  example: () => readWorld(EXAMPLE),
};
export const REGIONS = 17;

/** How many there are of what costs calls of its own. */
export interface Counts {
  readonly users: number;
  readonly buckets: number;
  readonly accessPoints: number;
  readonly instances: number;
  readonly launchTemplates: number;
  readonly prefixLists: number;
  readonly subnetGroups: number;
  readonly databases: number;
  readonly databaseSnapshots: number;
  readonly trails: number;
  readonly keys: number;
  readonly pipelines: number;
  readonly applications: number;
  readonly loadBalancers: number;
  /** Of the organisation, with its root. */
  readonly organizationalUnits: number;
  /** Of the organisation, with the one of each type that AWS keeps. */
  readonly organizationPolicies: number;
}

export function countsOf({ accounts, organization }: WorldFile): Counts {
  const [{ iam, s3, regions }] = Object.values(accounts) as [AccountFile];
  const all = Object.values(regions ?? {});
  const sum = (count: (region: (typeof all)[number]) => number | undefined) =>
    all.reduce((total, region) => total + (count(region) ?? 0), 0);
  return {
    users: iam?.Users?.length ?? 0,
    buckets: s3?.Buckets?.length ?? 0,
    accessPoints: (s3?.AccessPoints?.length ?? 0) + (s3?.MultiRegionAccessPoints?.length ?? 0),
    instances: sum(({ ec2 }) => ec2?.Instances?.length),
    launchTemplates: sum(({ ec2 }) => ec2?.LaunchTemplateVersions?.length),
    prefixLists: sum(({ ec2 }) => ec2?.ManagedPrefixLists?.length),
    subnetGroups: sum(({ elasticache, redshift, dax }) => (elasticache ? 1 : 0) + (redshift ? 1 : 0) + (dax ? 1 : 0)),
    databases: sum(({ rds }) => (rds?.DBInstances?.length ?? 0) + (rds?.DBClusters?.length ?? 0)),
    databaseSnapshots: sum(({ rds }) => (rds?.DBSnapshots?.length ?? 0) + (rds?.DBClusterSnapshots?.length ?? 0)),
    trails: sum(({ cloudtrail }) => cloudtrail?.Trails?.length),
    keys: sum(({ kms }) => kms?.Keys?.length),
    pipelines: sum(({ codepipeline }) => codepipeline?.Pipelines?.length),
    applications: sum(({ codedeploy }) => codedeploy?.Applications?.length),
    loadBalancers: sum(({ elasticloadbalancingv2 }) => elasticloadbalancingv2?.LoadBalancers?.length),
    organizationalUnits: organization ? 1 + (organization.OrganizationalUnits?.length ?? 0) : 0,
    organizationPolicies: organization
      ? (organization.PolicyTypes?.length ?? 0) + (organization.Policies?.length ?? 0)
      : 0,
  };
}
