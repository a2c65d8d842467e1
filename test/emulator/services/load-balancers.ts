import type {
  DescribeAccessPointsInput,
  DescribeAccessPointsOutput,
  LoadBalancerDescription,
} from '@aws-sdk/client-elastic-load-balancing';
import type {
  DescribeListenersInput,
  DescribeListenersOutput,
  DescribeLoadBalancersInput,
  DescribeLoadBalancersOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const BALANCER_PAGES: PageRules = {
  min: 1,
  max: 400,
  byDefault: 400,
  badSize: () => new AwsError(400, 'ValidationError', 'The page size must be between 1 and 400'),
  badToken: () => new AwsError(400, 'ValidationError', 'The marker is not valid'),
};

interface Paged {
  readonly PageSize?: number | undefined;
  readonly Marker?: string | undefined;
}

function pageOf<T>(items: readonly T[], { PageSize, Marker }: Paged, context: Context) {
  const { items: found, next } = page(items, context, BALANCER_PAGES, PageSize, Marker);
  return { found, more: next ? { NextMarker: next } : {} };
}

function missing(): AwsError {
  return new AwsError(400, 'LoadBalancerNotFound', 'One or more load balancers not found');
}

/** The items that were named, or all; a name that does not exist is an error. */
function named<T>(items: readonly T[], names: readonly string[] = [], nameOf: (item: T) => string | undefined): T[] {
  if (names.length === 0) return [...items];
  return names.map((name) => {
    const found = items.find((item) => nameOf(item) === name);
    if (!found) throw missing();
    return found;
  });
}

export const elasticloadbalancing = {
  DescribeLoadBalancers(input: DescribeAccessPointsInput, context: Context): Described<DescribeAccessPointsOutput> {
    const all: Described<LoadBalancerDescription>[] = context.here.elasticloadbalancing.LoadBalancers;
    const { found, more } = pageOf(
      named(all, input.LoadBalancerNames, (one) => one.LoadBalancerName),
      input,
      context,
    );
    return { LoadBalancerDescriptions: found, ...more };
  },
};

export const elasticloadbalancingv2 = {
  DescribeLoadBalancers(input: DescribeLoadBalancersInput, context: Context): Described<DescribeLoadBalancersOutput> {
    const byArn = named(
      context.here.elasticloadbalancingv2.LoadBalancers,
      input.LoadBalancerArns,
      (one) => one.LoadBalancerArn,
    );
    const { found, more } = pageOf(
      named(byArn, input.Names, (one) => one.LoadBalancerName),
      input,
      context,
    );
    return { LoadBalancers: found.map(({ Listeners: _listeners, ...balancer }) => balancer), ...more };
  },

  DescribeListeners(input: DescribeListenersInput, context: Context): Described<DescribeListenersOutput> {
    const balancer = context.here.elasticloadbalancingv2.LoadBalancers.find(
      ({ LoadBalancerArn }) => LoadBalancerArn === input.LoadBalancerArn,
    );
    if (!balancer) throw missing();
    const { found, more } = pageOf(balancer.Listeners ?? [], input, context);
    return { Listeners: found, ...more };
  },
};
