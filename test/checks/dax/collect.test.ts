import { DescribeClustersCommand, DescribeSubnetGroupsCommand } from '@aws-sdk/client-dax';
import { describe, expect, it } from 'vitest';
import { subnetGroup } from '../../../checks/dax/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(subnetGroup);
const elsewhere = collector(subnetGroup, 'eu-south-1');
const group = (name: string) => ({
  SubnetGroupName: name,
  VpcId: 'vpc-1',
  Subnets: [{ SubnetIdentifier: 'subnet-1' }, { SubnetIdentifier: 'subnet-2' }],
});

it('reads groups page by page, and the clusters once for all of them', async () => {
  aws()
    .on(DescribeSubnetGroupsCommand)
    .resolvesOnce({ SubnetGroups: [group('default')], NextToken: 'second' })
    .resolves({ SubnetGroups: [group('carts')] });
  aws()
    .on(DescribeClustersCommand)
    .resolvesOnce({ Clusters: [{ SubnetGroup: 'others' }], NextToken: 'second' })
    .resolves({ Clusters: [{ SubnetGroup: 'carts' }] });
  const { rows, cell } = await collected();
  const base = { vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] };
  const arn = 'arn:aws:dax:eu-west-1:111122223333:subnetgroup:carts';
  expect(rows).toMatchObject([
    { identity: { id: 'default' }, base, facets: { inUse: { value: false } } },
    { identity: { id: 'carts', arn }, base, facets: { inUse: { value: true } } },
  ]);
  expect(cell).toMatchObject({ rows: 2 });
  const inputs = aws()
    .calls()
    .map((call) => call.args[0].input as object);
  expect(inputs).toHaveLength(4);
  expect(inputs.every((input) => 'MaxResults' in input && input.MaxResults === 100)).toBe(true);
});

it('asks for no clusters where there is no group', async () => {
  aws().on(DescribeSubnetGroupsCommand).resolves({ SubnetGroups: [] });
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
  expect(aws().commandCalls(DescribeClustersCommand)).toHaveLength(0);
});

it('does not know the use where clusters are denied', async () => {
  aws()
    .on(DescribeSubnetGroupsCommand)
    .resolves({ SubnetGroups: [group('carts')] });
  aws().on(DescribeClustersCommand).rejects(awsError('AccessDeniedException'));
  const gap = { reason: 'denied', operation: 'dax:DescribeClusters' };
  expect((await collected()).rows).toMatchObject([{ facets: { inUse: { gap } } }]);
});

it.each([[undefined], [[{ SubnetIdentifier: 'subnet-1' }, {}]]])('does not guess subnets: %j', async (Subnets) => {
  aws()
    .on(DescribeSubnetGroupsCommand)
    .resolves({ SubnetGroups: [{ ...group('carts'), Subnets }] });
  expect((await collected([])).rows).toMatchObject([{ missing: { subnets: { detail: 'the answer lacks subnets' } } }]);
});

describe('a region in which AWS does not offer DAX', () => {
  it('has no groups, since it has no host', async () => {
    aws().on(DescribeSubnetGroupsCommand).rejects(awsError('NoSuchHost'));
    const { rows, cell } = await elsewhere.collected();
    expect(rows).toEqual([]);
    expect(cell).toEqual({ type: 'AWS::DAX::SubnetGroup', account: '111122223333', region: 'eu-south-1', rows: 0 });
  });

  it('is asked all the same: AWS may offer it by now', async () => {
    aws()
      .on(DescribeSubnetGroupsCommand)
      .resolves({ SubnetGroups: [group('carts')] });
    aws().on(DescribeClustersCommand).resolves({ Clusters: [] });
    expect((await elsewhere.collected()).cell).toMatchObject({ rows: 1 });
  });

  it('has a gap when its host is lost between two pages', async () => {
    aws()
      .on(DescribeSubnetGroupsCommand)
      .resolvesOnce({ SubnetGroups: [group('carts')], NextToken: 'second' })
      .rejects(awsError('NoSuchHost'));
    expect((await elsewhere.collected([])).cell).toMatchObject({ rows: 1, gap: { reason: 'failed' } });
  });

  it.each([['Unreachable'], ['AccessDeniedException'], ['ServiceLinkedRoleNotFoundFault']])(
    'has a gap after %s',
    async (name) => {
      aws().on(DescribeSubnetGroupsCommand).rejects(awsError(name));
      expect((await elsewhere.collected()).cell.gap).toMatchObject({ operation: 'dax:DescribeSubnetGroups' });
    },
  );
});

it('a host that is not found where AWS offers DAX is a gap', async () => {
  aws().on(DescribeSubnetGroupsCommand).rejects(awsError('NoSuchHost'));
  const gap = { reason: 'failed', operation: 'dax:DescribeSubnetGroups' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});
