import { ElasticLoadBalancingClient, paginateDescribeLoadBalancers } from '@aws-sdk/client-elastic-load-balancing';
import { each, whole } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const elb = service(ElasticLoadBalancingClient);
const describeLoadBalancers = elb.pages(paginateDescribeLoadBalancers, 'elasticloadbalancing:DescribeLoadBalancers');

/** Classic Load Balancers. */
export const loadBalancer = resource('AWS::ElasticLoadBalancing::LoadBalancer', {
  scope: 'regional',
  operations: [describeLoadBalancers],
  list: paged(describeLoadBalancers, { PageSize: 400 }, (page) => page.LoadBalancerDescriptions),
  found: (l, { account, region, partition }) => ({
    id: l.LoadBalancerName,
    arn: `arn:${partition}:elasticloadbalancing:${region}:${account}:loadbalancer/${l.LoadBalancerName}`,
    base: {
      groups: l.SecurityGroups,
      listeners: each(l.ListenerDescriptions, ({ Listener }) =>
        whole({ protocol: Listener?.Protocol, port: Listener?.LoadBalancerPort }),
      ),
    },
  }),
});

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::ElasticLoadBalancing::LoadBalancer': TypeOf<typeof loadBalancer>;
  }
}
