import type {
  AutoScalingGroupsType,
  DescribeAutoScalingGroupsCommandInput,
  LaunchConfigurationNamesType,
  LaunchConfigurationsType,
} from '@aws-sdk/client-auto-scaling';
import type {
  DescribeClustersRequest,
  DescribeClustersResponse,
  DescribeSubnetGroupsRequest,
  DescribeSubnetGroupsResponse,
} from '@aws-sdk/client-dax';
import type {
  CacheClusterMessage,
  CacheSubnetGroupMessage,
  DescribeCacheClustersMessage,
  DescribeCacheSubnetGroupsMessage,
} from '@aws-sdk/client-elasticache';
import type {
  ClustersMessage,
  ClusterSubnetGroupMessage,
  DescribeClustersMessage,
  DescribeClusterSubnetGroupsMessage,
} from '@aws-sdk/client-redshift';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';
import { RECORD_PAGES } from './rds.ts';

const SCALING_PAGES: PageRules = {
  min: 1,
  max: 100,
  byDefault: 50,
  badToken: () => new AwsError(400, 'InvalidNextToken', 'The token is not valid.'),
};

export const autoscaling = {
  DescribeAutoScalingGroups(
    input: DescribeAutoScalingGroupsCommandInput,
    context: Context,
  ): Described<AutoScalingGroupsType> {
    const names = input.AutoScalingGroupNames ?? [];
    const all = context.here.autoscaling.AutoScalingGroups;
    const named = all.filter((one) => names.length === 0 || names.includes(one.AutoScalingGroupName!));
    const { items, next } = page(named, context, SCALING_PAGES, input.MaxRecords, input.NextToken);
    return { AutoScalingGroups: items, ...(next ? { NextToken: next } : {}) };
  },

  DescribeLaunchConfigurations(
    input: LaunchConfigurationNamesType,
    context: Context,
  ): Described<LaunchConfigurationsType> {
    const names = input.LaunchConfigurationNames ?? [];
    const all = context.here.autoscaling.LaunchConfigurations;
    const named = all.filter((one) => names.length === 0 || names.includes(one.LaunchConfigurationName!));
    const { items, next } = page(named, context, SCALING_PAGES, input.MaxRecords, input.NextToken);
    return { LaunchConfigurations: items, ...(next ? { NextToken: next } : {}) };
  },
};

export const elasticache = {
  DescribeCacheSubnetGroups(
    input: DescribeCacheSubnetGroupsMessage,
    context: Context,
  ): Described<CacheSubnetGroupMessage> {
    const all = context.here.elasticache.CacheSubnetGroups;
    const named = onlyNamed(
      all,
      input.CacheSubnetGroupName,
      (one) => one.CacheSubnetGroupName,
      'CacheSubnetGroupNotFoundFault',
    );
    const { items, next } = page(named, context, RECORD_PAGES, input.MaxRecords, input.Marker);
    return { CacheSubnetGroups: items, ...(next ? { Marker: next } : {}) };
  },

  DescribeCacheClusters(input: DescribeCacheClustersMessage, context: Context): Described<CacheClusterMessage> {
    const all = context.here.elasticache.CacheClusters;
    const named = onlyNamed(all, input.CacheClusterId, (one) => one.CacheClusterId, 'CacheClusterNotFound', 404);
    const { items, next } = page(named, context, RECORD_PAGES, input.MaxRecords, input.Marker);
    return { CacheClusters: items, ...(next ? { Marker: next } : {}) };
  },
};

export const redshift = {
  DescribeClusterSubnetGroups(
    input: DescribeClusterSubnetGroupsMessage,
    context: Context,
  ): Described<ClusterSubnetGroupMessage> {
    const all = context.here.redshift.ClusterSubnetGroups;
    const code = 'ClusterSubnetGroupNotFoundFault';
    const named = onlyNamed(all, input.ClusterSubnetGroupName, (one) => one.ClusterSubnetGroupName, code);
    const { items, next } = page(named, context, RECORD_PAGES, input.MaxRecords, input.Marker);
    return { ClusterSubnetGroups: items, ...(next ? { Marker: next } : {}) };
  },

  DescribeClusters(input: DescribeClustersMessage, context: Context): Described<ClustersMessage> {
    const all = context.here.redshift.Clusters;
    const named = onlyNamed(all, input.ClusterIdentifier, (one) => one.ClusterIdentifier, 'ClusterNotFound', 404);
    const { items, next } = page(named, context, RECORD_PAGES, input.MaxRecords, input.Marker);
    return { Clusters: items, ...(next ? { Marker: next } : {}) };
  },
};

export const dax = {
  DescribeSubnetGroups(input: DescribeSubnetGroupsRequest, context: Context): Described<DescribeSubnetGroupsResponse> {
    const all = context.here.dax.SubnetGroups;
    const groups = daxNamed(all, input.SubnetGroupNames, (one) => one.SubnetGroupName, 'SubnetGroupNotFoundFault');
    const { items, next } = page(groups, context, DAX_PAGES, input.MaxResults, input.NextToken);
    return { SubnetGroups: items, ...(next ? { NextToken: next } : {}) };
  },

  DescribeClusters(input: DescribeClustersRequest, context: Context): Described<DescribeClustersResponse> {
    const all = context.here.dax.Clusters;
    const clusters = daxNamed(all, input.ClusterNames, (one) => one.ClusterName, 'ClusterNotFoundFault');
    const { items, next } = page(clusters, context, DAX_PAGES, input.MaxResults, input.NextToken);
    return { Clusters: items, ...(next ? { NextToken: next } : {}) };
  },
};

const DAX_PAGES: PageRules = {
  ...RECORD_PAGES,
  badSize: () => new AwsError(400, 'InvalidParameterValueException', 'MaxResults must be between 20 and 100.'),
  badToken: () => new AwsError(400, 'InvalidParameterValueException', 'Invalid NextToken.'),
};

function daxNamed<T>(
  all: readonly T[],
  names: readonly string[] = [],
  nameOf: (one: T) => string | undefined,
  code: string,
): readonly T[] {
  const unknown = names.find((name) => !all.some((one) => nameOf(one) === name));
  if (unknown) throw new AwsError(400, code, `${unknown} not found.`);
  return names.length === 0 ? all : all.filter((one) => names.includes(nameOf(one)!));
}

function onlyNamed<T>(
  all: readonly T[],
  name: string | undefined,
  nameOf: (one: T) => string | undefined,
  code: string,
  status = 400,
): readonly T[] {
  const found = name ? all.filter((one) => nameOf(one) === name) : all;
  if (name && found.length === 0) throw new AwsError(status, code, `${name} not found.`);
  return found;
}
