import {
  ElastiCacheClient,
  paginateDescribeCacheClusters,
  paginateDescribeCacheSubnetGroups,
} from '@aws-sdk/client-elasticache';
import { each, isNamed, listed } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const elastiCache = service(ElastiCacheClient);
const describeSubnetGroups = elastiCache.pages(
  paginateDescribeCacheSubnetGroups,
  'elasticache:DescribeCacheSubnetGroups',
);
const describeClusters = elastiCache.pages(paginateDescribeCacheClusters, 'elasticache:DescribeCacheClusters');

/** The subnet group of each cluster, those of replication groups included; serverless caches have none. */
const groupsInUse = source([describeClusters], async (aws) => {
  const names = [];
  for await (const page of aws.pages(describeClusters, { MaxRecords: 100 }))
    for (const cluster of listed(page.CacheClusters)) names.push(cluster.CacheSubnetGroupName);
  return names;
});

export const subnetGroup = resource(
  'AWS::ElastiCache::SubnetGroup',
  {
    scope: 'regional',
    operations: [describeSubnetGroups],
    list: paged(describeSubnetGroups, { MaxRecords: 100 }, (page) => page.CacheSubnetGroups),
    found: (g) => ({
      id: g.CacheSubnetGroupName,
      arn: g.ARN,
      base: { vpc: g.VpcId, subnets: each(g.Subnets, (subnet) => subnet.SubnetIdentifier) },
    }),
  },
  (facet) => ({
    inUse: facet([groupsInUse], async (aws, group) => isNamed(group.id, await aws.read(groupsInUse))),
  }),
);

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::ElastiCache::SubnetGroup': TypeOf<typeof subnetGroup>;
  }
}
