import { describe, expect, it } from 'vitest';
import { kit, NOW } from './_kit.ts';
import { accountId, organizationWorldOf, SMALL, times, worldOf } from './generate.ts';
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

const HOME = { region: 'us-east-1' };
describe('a made organisation', () => {
  const size = { accounts: 200, regions: 2, size: { users: 2, instances: 4 }, role: 'ronda-scan', externalId: 'x' };
  const world = loadWorld(organizationWorldOf({ ...size, largest: { instances: 30 } }), NOW);

  it('makes its members when they are asked for, the same in whatever order', () => {
    const again = loadWorld(organizationWorldOf({ ...size, largest: { instances: 30 } }), NOW);
    const ids = Array.from({ length: 100 }, (_, n) => accountId(n));
    const first = ids.map((id) => world.accounts.get(id));
    expect(first).toEqual(
      ids
        .toReversed()
        .map((id) => again.accounts.get(id))
        .toReversed(),
    );
    // Forgotten meanwhile, and made anew.
    expect(world.accounts.get(ids[1]!)).toEqual(first[1]);
    expect(world.accounts.get(accountId(200))).toBeUndefined();
  });
  it('has one account that is larger, and units', () => {
    const instances = (n: number) =>
      [...world.accounts.get(accountId(n))!.regions.values()].flatMap(({ ec2 }) => ec2.Instances).length;
    expect([instances(1), instances(2)]).toEqual([30, 4]);
    expect(world.organization!.accounts).toHaveLength(200);
    expect(world.organization!.units.size).toBe(2);
  });
  it('lets its management account, and who knows the external id, into each of them', async () => {
    const { call } = await kit({ world: organizationWorldOf(size) });
    const RoleArn = `arn:aws:iam::${accountId(150)}:role/ronda-scan`;
    const asked = { RoleArn, RoleSessionName: 'test' };
    expect(await call('sts', 'AssumeRole', { ...asked, ExternalId: 'x' }, HOME)).toHaveProperty('Credentials');
    await expect(call('sts', 'AssumeRole', asked, HOME)).rejects.toThrow(/not authorized/);
  });
});

it('serves a made world', async () => {
  const { pages } = await kit({ world: worldOf({ instances: 40, securityGroups: 4, regions: 2, busyRegions: 1 }) });
  const found = await pages('ec2', 'DescribeInstances', { MaxResults: 25 }, { region: 'us-east-1' });
  expect(found.map(({ Reservations }) => Reservations.length)).toEqual([25, 15]);
});
