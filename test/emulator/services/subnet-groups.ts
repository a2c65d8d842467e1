import type { AutoScalingGroupsType, DescribeAutoScalingGroupsCommandInput } from '@aws-sdk/client-auto-scaling';
import type { DescribeSubnetGroupsRequest, DescribeSubnetGroupsResponse } from '@aws-sdk/client-dax';
import type { CacheSubnetGroupMessage, DescribeCacheSubnetGroupsMessage } from '@aws-sdk/client-elasticache';
import type { ClusterSubnetGroupMessage, DescribeClusterSubnetGroupsMessage } from '@aws-sdk/client-redshift';
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
};

export const dax = {
  DescribeSubnetGroups(input: DescribeSubnetGroupsRequest, context: Context): Described<DescribeSubnetGroupsResponse> {
    const names = input.SubnetGroupNames ?? [];
    const all = context.here.dax.SubnetGroups;
    const unknown = names.find((name) => !all.some(({ SubnetGroupName }) => SubnetGroupName === name));
    if (unknown) throw new AwsError(400, 'SubnetGroupNotFoundFault', `Subnet group ${unknown} not found.`);
    const named = all.filter((one) => names.length === 0 || names.includes(one.SubnetGroupName!));
    const rules = { ...RECORD_PAGES, badSize: badDaxSize, badToken: badDaxToken };
    const { items, next } = page(named, context, rules, input.MaxResults, input.NextToken);
    return { SubnetGroups: items, ...(next ? { NextToken: next } : {}) };
  },
};

function badDaxSize(): AwsError {
  return new AwsError(400, 'InvalidParameterValueException', 'MaxResults must be between 20 and 100.');
}

function badDaxToken(): AwsError {
  return new AwsError(400, 'InvalidParameterValueException', 'Invalid NextToken.');
}

function onlyNamed<T>(
  all: readonly T[],
  name: string | undefined,
  nameOf: (one: T) => string | undefined,
  code: string,
): readonly T[] {
  const found = name ? all.filter((one) => nameOf(one) === name) : all;
  if (name && found.length === 0) throw new AwsError(400, code, `Subnet group ${name} not found.`);
  return found;
}
