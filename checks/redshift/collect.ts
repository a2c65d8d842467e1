import {
  paginateDescribeClusters,
  paginateDescribeClusterSubnetGroups,
  RedshiftClient,
} from '@aws-sdk/client-redshift';
import { each, isNamed, listed } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';

const redshift = service(RedshiftClient);
const describeSubnetGroups = redshift.pages(
  paginateDescribeClusterSubnetGroups,
  'redshift:DescribeClusterSubnetGroups',
);
const describeClusters = redshift.pages(paginateDescribeClusters, 'redshift:DescribeClusters');

/** The subnet group of each provisioned cluster; serverless workgroups name their subnets themselves. */
const groupsInUse = source([describeClusters], async (aws) => {
  const names = [];
  for await (const page of aws.pages(describeClusters, { MaxRecords: 100 }))
    for (const cluster of listed(page.Clusters)) names.push(cluster.ClusterSubnetGroupName);
  return names;
});

export const subnetGroup = resource(
  'AWS::Redshift::ClusterSubnetGroup',
  {
    scope: 'regional',
    operations: [describeSubnetGroups],
    list: paged(describeSubnetGroups, { MaxRecords: 100 }, (page) => page.ClusterSubnetGroups),
    found: (g, { account, region, partition }) => ({
      id: g.ClusterSubnetGroupName,
      arn: `arn:${partition}:redshift:${region}:${account}:subnetgroup:${g.ClusterSubnetGroupName}`,
      tags: tagsOf(g.Tags),
      base: { vpc: g.VpcId, subnets: each(g.Subnets, (subnet) => subnet.SubnetIdentifier) },
    }),
  },
  (facet) => ({
    inUse: facet([groupsInUse], async (aws, group) => isNamed(group.id, await aws.read(groupsInUse))),
  }),
);

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::Redshift::ClusterSubnetGroup': TypeOf<typeof subnetGroup>;
  }
}
