import {
  DAXClient,
  DescribeClustersCommand,
  type DescribeClustersRequest,
  type DescribeClustersResponse,
  DescribeSubnetGroupsCommand,
  type DescribeSubnetGroupsRequest,
  type DescribeSubnetGroupsResponse,
} from '@aws-sdk/client-dax';
import { createPaginator } from '@smithy/core';
import { each, isNamed, listed } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';

// The SDK has no paginators for DAX.
type Config = { client: DAXClient };
const TOKENS = ['NextToken', 'NextToken', 'MaxResults'] as const;
const paginateSubnetGroups = createPaginator<Config, DescribeSubnetGroupsRequest, DescribeSubnetGroupsResponse>(
  DAXClient,
  DescribeSubnetGroupsCommand,
  ...TOKENS,
);
const paginateClusters = createPaginator<Config, DescribeClustersRequest, DescribeClustersResponse>(
  DAXClient,
  DescribeClustersCommand,
  ...TOKENS,
);

/**
 * Where AWS offers DAX (AWS Config developer guide, dax-encryption-enabled; botocore's endpoints name the same). Elsewhere its
 * host does not exist, which then says that there is nothing. The list alone never says so: in a region that is not in it
 * yet, DAX is asked, and in one that is in it, a host that is not found is a gap.
 */
const REGIONS = new Set([
  'ap-northeast-1',
  'ap-south-1',
  'ap-southeast-1',
  'ap-southeast-2',
  'cn-north-1',
  'cn-northwest-1',
  'eu-central-1',
  'eu-north-1',
  'eu-south-2',
  'eu-west-1',
  'eu-west-2',
  'eu-west-3',
  'sa-east-1',
  'us-east-1',
  'us-east-2',
  'us-west-1',
  'us-west-2',
]);

const dax = service(DAXClient);
const describeSubnetGroups = dax.pages(paginateSubnetGroups, 'dax:DescribeSubnetGroups');
const describeSubnetGroupsIfOffered = dax.pages(paginateSubnetGroups, 'dax:DescribeSubnetGroups', {
  absent: ['NoSuchHost'],
});
const describeClusters = dax.pages(paginateClusters, 'dax:DescribeClusters');

const groupsInUse = source([describeClusters], async (aws) => {
  const names = [];
  for await (const page of aws.pages(describeClusters, { MaxResults: 100 }))
    for (const cluster of listed(page.Clusters)) names.push(cluster.SubnetGroup);
  return names;
});

export const subnetGroup = resource(
  'AWS::DAX::SubnetGroup',
  {
    scope: 'regional',
    operations: [describeSubnetGroups, describeSubnetGroupsIfOffered],
    async *list(aws) {
      const operation = REGIONS.has(aws.region) ? describeSubnetGroups : describeSubnetGroupsIfOffered;
      for await (const page of aws.pages(operation, { MaxResults: 100 })) yield* listed(page.SubnetGroups);
    },
    // AWS gives DAX subnet groups no ARN; this one is of the form of ElastiCache's.
    found: (g, { account, region, partition }) => ({
      id: g.SubnetGroupName,
      arn: `arn:${partition}:dax:${region}:${account}:subnetgroup:${g.SubnetGroupName}`,
      base: { vpc: g.VpcId, subnets: each(g.Subnets, (subnet) => subnet.SubnetIdentifier) },
    }),
  },
  (facet) => ({
    inUse: facet([groupsInUse], async (aws, group) => isNamed(group.id, await aws.read(groupsInUse))),
  }),
);

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::DAX::SubnetGroup': TypeOf<typeof subnetGroup>;
  }
}
