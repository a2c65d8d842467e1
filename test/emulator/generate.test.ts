import { describe, expect, it } from 'vitest';
import { kit, NOW } from './_kit.ts';
import { SMALL, times, worldOf } from './generate.ts';
import { loadWorld, type Account } from './world.ts';

const only = (world: ReturnType<typeof loadWorld>): Account => [...world.accounts.values()][0]!;

/** How much an account really has. */
function sizeOf({ iam, s3, regions }: Account): object {
  const all = [...regions.values()];
  const sum = (count: (region: (typeof all)[number]) => number) =>
    all.reduce((total, region) => total + count(region), 0);
  const inline = [...iam.Users.map((one) => one.UserPolicyList), ...iam.Roles.map((one) => one.RolePolicyList)];
  return {
    users: iam.Users.length,
    groups: iam.Groups.length,
    roles: iam.Roles.length,
    policies: iam.Policies.length,
    inlinePolicies: inline.flatMap((one) => one ?? []).length,
    buckets: s3.Buckets.size,
    instances: sum(({ ec2 }) => ec2.Instances.length),
    securityGroups: sum(({ ec2 }) => ec2.SecurityGroups.filter((one) => one.GroupName !== 'default').length),
    vpcs: sum(({ ec2 }) => ec2.Vpcs.length),
    snapshots: sum(({ ec2 }) => ec2.Snapshots.length),
    launchTemplates: sum(({ ec2 }) => ec2.LaunchTemplateVersions.length),
    databases: sum(({ rds }) => rds.DBInstances.length),
    parameterGroups: sum(({ rds }) => Object.keys(rds.DBParameterGroups).length),
    databaseSnapshots: sum(({ rds }) => rds.DBSnapshots.length),
    trails: sum(({ cloudtrail }) => cloudtrail.Trails.length),
  };
}

describe('a made world', () => {
  it.each([
    ['the reference account', worldOf(SMALL), SMALL],
    ['five times that', worldOf(times(SMALL, 5)), times(SMALL, 5)],
  ])('is as large as asked for: %s', (_name, world, size) => {
    expect(sizeOf(only(loadWorld(world, NOW)))).toEqual(size);
  });
  it('is empty when nothing is asked for, but for the default VPCs', () => {
    const account = only(loadWorld(worldOf({}), NOW));
    expect(sizeOf(account)).toMatchObject({ vpcs: 17, instances: 0, buckets: 0, users: 0 });
    expect(account.regions.size).toBe(17);
  });
  it('is the same for the same seed, and another for another', () => {
    expect(worldOf({ ...SMALL, seed: 3 })).toEqual(worldOf({ ...SMALL, seed: 3 }));
    expect(worldOf({ ...SMALL, seed: 4 })).not.toEqual(worldOf({ ...SMALL, seed: 3 }));
  });
  it('is spread over the busy Regions', () => {
    const { regions } = only(loadWorld(worldOf({ instances: 30, regions: 5, busyRegions: 3 }), NOW));
    expect([...regions.values()].map(({ ec2 }) => ec2.Instances.length)).toEqual([10, 10, 10, 0, 0]);
  });
  it('can have many accounts', () => {
    expect([...loadWorld(worldOf({ accounts: 3 }), NOW).accounts.keys()]).toEqual([
      '111122223333',
      '111122223334',
      '111122223335',
    ]);
  });
});

it('serves a made world', async () => {
  const { pages } = await kit({ world: worldOf({ instances: 40, securityGroups: 4, regions: 2, busyRegions: 1 }) });
  const found = await pages('ec2', 'DescribeInstances', { MaxResults: 25 }, { region: 'us-east-1' });
  expect(found.map(({ Reservations }) => Reservations.length)).toEqual([25, 15]);
});
