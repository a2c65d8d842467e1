import {
  ElasticLoadBalancingV2Client,
  paginateDescribeListeners,
  paginateDescribeLoadBalancers,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const elbv2 = service(ElasticLoadBalancingV2Client);
const describeLoadBalancers = elbv2.pages(paginateDescribeLoadBalancers, 'elasticloadbalancing:DescribeLoadBalancers');
const describeListeners = elbv2.pages(paginateDescribeListeners, 'elasticloadbalancing:DescribeListeners', {
  gone: ['LoadBalancerNotFoundException'],
});

/** Application, Network and Gateway Load Balancers. */
export const loadBalancer = resource(
  'AWS::ElasticLoadBalancingV2::LoadBalancer',
  {
    scope: 'regional',
    operations: [describeLoadBalancers],
    list: paged(describeLoadBalancers, { PageSize: 400 }, (page) => page.LoadBalancers),
    found: (l) => ({
      id: l.LoadBalancerName,
      arn: l.LoadBalancerArn,
      base: {
        // Network and Gateway Load Balancers may have no groups at all.
        groups: l.SecurityGroups ?? (l.Type === 'network' || l.Type === 'gateway' ? [] : undefined),
      },
    }),
  },
  (facet) => ({
    /** What it listens on, where security groups stand before it. */
    listeners: facet([describeListeners], async (aws, balancer) => {
      if (balancer.groups.length === 0) return [];
      const listeners = [];
      for await (const page of aws.pages(describeListeners, { LoadBalancerArn: balancer.arn, PageSize: 400 }))
        listeners.push(...listed(page.Listeners));
      return each(listeners, ({ Protocol: protocol, Port: port }) => whole({ protocol, port }));
    }),
  }),
);

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::ElasticLoadBalancingV2::LoadBalancer': TypeOf<typeof loadBalancer>;
  }
}
