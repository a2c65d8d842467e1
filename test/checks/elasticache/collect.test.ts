import { DescribeCacheClustersCommand, DescribeCacheSubnetGroupsCommand } from '@aws-sdk/client-elasticache';
import { expect, it } from 'vitest';
import { subnetGroup } from '../../../checks/elasticache/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(subnetGroup);
const arn = (name: string) => `arn:aws:elasticache:eu-west-1:111122223333:subnetgroup:${name}`;
const group = (name: string) => ({
  CacheSubnetGroupName: name,
  ARN: arn(name),
  VpcId: 'vpc-1',
  Subnets: [{ SubnetIdentifier: 'subnet-1' }, { SubnetIdentifier: 'subnet-2' }],
});

it('reads groups page by page, and the clusters once for all of them', async () => {
  aws()
    .on(DescribeCacheSubnetGroupsCommand)
    .resolvesOnce({ CacheSubnetGroups: [group('default')], Marker: 'second' })
    .resolves({ CacheSubnetGroups: [group('orders')] });
  aws()
    .on(DescribeCacheClustersCommand)
    .resolvesOnce({ CacheClusters: [{ CacheSubnetGroupName: 'others' }], Marker: 'second' })
    .resolves({ CacheClusters: [{ CacheSubnetGroupName: 'orders' }] });
  const { rows, cell } = await collected();
  const base = { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] };
  expect(rows).toMatchObject([
    { identity: { id: 'default', arn: arn('default') }, base, facets: { inUse: { value: false } } },
    { identity: { id: 'orders', arn: arn('orders') }, base, facets: { inUse: { value: true } } },
  ]);
  expect(cell).toMatchObject({ rows: 2 });
  const inputs = aws()
    .calls()
    .map((call) => call.args[0].input as object);
  expect(inputs).toHaveLength(4);
  expect(inputs.every((input) => 'MaxRecords' in input && input.MaxRecords === 100)).toBe(true);
});

it('asks for no clusters where there is no group', async () => {
  aws().on(DescribeCacheSubnetGroupsCommand).resolves({ CacheSubnetGroups: [] });
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  expect(aws().commandCalls(DescribeCacheClustersCommand)).toHaveLength(0);
});

it('does not know the use where clusters are denied', async () => {
  aws()
    .on(DescribeCacheSubnetGroupsCommand)
    .resolves({ CacheSubnetGroups: [group('orders')] });
  aws().on(DescribeCacheClustersCommand).rejects(awsError('AccessDenied'));
  const gap = { reason: 'denied', operation: 'elasticache:DescribeCacheClusters' };
  expect((await collected()).rows).toMatchObject([{ facets: { inUse: { gap } } }]);
});

it('does not take a cluster whose group is not told for one of another group', async () => {
  aws()
    .on(DescribeCacheSubnetGroupsCommand)
    .resolves({ CacheSubnetGroups: [group('default'), group('orders')] });
  aws()
    .on(DescribeCacheClustersCommand)
    .resolves({ CacheClusters: [{}, { CacheSubnetGroupName: 'orders' }] });
  expect((await collected()).rows).toMatchObject([
    { facets: { inUse: { gap: { reason: 'failed' } } } },
    { facets: { inUse: { value: true } } },
  ]);
});

it.each([[undefined], [[{ SubnetIdentifier: 'subnet-1' }, {}]]])('does not guess subnets: %j', async (Subnets) => {
  aws()
    .on(DescribeCacheSubnetGroupsCommand)
    .resolves({ CacheSubnetGroups: [{ ...group('orders'), Subnets }] });
  expect((await collected([])).rows).toMatchObject([{ missing: { subnets: { detail: 'the answer lacks subnets' } } }]);
});

it.each([
  ['denied', () => aws().on(DescribeCacheSubnetGroupsCommand).rejects(awsError('AccessDenied'))],
  ['failed', () => aws().on(DescribeCacheSubnetGroupsCommand).resolves({})],
])('a list that is %s is a gap, not an account without groups', async (reason, answer) => {
  answer();
  const gap = { reason, operation: 'elasticache:DescribeCacheSubnetGroups' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});
