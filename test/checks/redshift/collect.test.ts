import { DescribeClustersCommand, DescribeClusterSubnetGroupsCommand } from '@aws-sdk/client-redshift';
import { expect, it } from 'vitest';
import { subnetGroup } from '../../../checks/redshift/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(subnetGroup);
const group = (name: string) => ({
  ClusterSubnetGroupName: name,
  VpcId: 'vpc-1',
  Tags: [{ Key: 'team', Value: 'data' }],
  Subnets: [{ SubnetIdentifier: 'subnet-1', SubnetStatus: 'Active' }, { SubnetIdentifier: 'subnet-2' }],
});

it('reads groups page by page, and the clusters once for all of them', async () => {
  aws()
    .on(DescribeClusterSubnetGroupsCommand)
    .resolvesOnce({ ClusterSubnetGroups: [group('default')], Marker: 'second' })
    .resolves({ ClusterSubnetGroups: [group('sales')] });
  aws()
    .on(DescribeClustersCommand)
    .resolvesOnce({ Clusters: [{ ClusterSubnetGroupName: 'others' }], Marker: 'second' })
    .resolves({ Clusters: [{ ClusterSubnetGroupName: 'sales' }] });
  const { rows, cell } = await collected();
  const base = { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] };
  const arn = 'arn:aws:redshift:eu-west-1:111122223333:subnetgroup:sales';
  expect(rows).toMatchObject([
    { identity: { id: 'default' }, base, facets: { inUse: { value: false } } },
    { identity: { id: 'sales', arn, tags: { team: 'data' } }, base, facets: { inUse: { value: true } } },
  ]);
  expect(cell).toMatchObject({ rows: 2 });
  const inputs = aws()
    .calls()
    .map((call) => call.args[0].input as object);
  expect(inputs).toHaveLength(4);
  expect(inputs.every((input) => 'MaxRecords' in input && input.MaxRecords === 100)).toBe(true);
});

it('asks for no clusters where there is no group', async () => {
  aws().on(DescribeClusterSubnetGroupsCommand).resolves({ ClusterSubnetGroups: [] });
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  expect(aws().commandCalls(DescribeClustersCommand)).toHaveLength(0);
});

it('does not know the use where clusters are denied', async () => {
  aws()
    .on(DescribeClusterSubnetGroupsCommand)
    .resolves({ ClusterSubnetGroups: [group('sales')] });
  aws().on(DescribeClustersCommand).rejects(awsError('AccessDenied'));
  const gap = { reason: 'denied', operation: 'redshift:DescribeClusters' };
  expect((await collected()).rows).toMatchObject([{ facets: { inUse: { gap } } }]);
});

it.each([[undefined], [[{ SubnetIdentifier: 'subnet-1' }, {}]]])('does not guess subnets: %j', async (Subnets) => {
  aws()
    .on(DescribeClusterSubnetGroupsCommand)
    .resolves({ ClusterSubnetGroups: [{ ...group('sales'), Subnets }] });
  expect((await collected([])).rows).toMatchObject([{ missing: { subnets: { detail: 'the answer lacks subnets' } } }]);
});

it('a group without a name costs itself, not the list', async () => {
  aws()
    .on(DescribeClusterSubnetGroupsCommand)
    .resolves({ ClusterSubnetGroups: [{ VpcId: 'vpc-1' }, group('sales')] });
  expect((await collected([])).cell).toMatchObject({ rows: 1, gap: { reason: 'failed' } });
});

it.each([
  ['denied', () => aws().on(DescribeClusterSubnetGroupsCommand).rejects(awsError('AccessDenied'))],
  ['failed', () => aws().on(DescribeClusterSubnetGroupsCommand).resolves({})],
])('a list that is %s is a gap, not an account without groups', async (reason, answer) => {
  answer();
  const gap = { reason, operation: 'redshift:DescribeClusterSubnetGroups' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});
