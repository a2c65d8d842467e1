import { DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing';
import { expect, it } from 'vitest';
import { loadBalancer } from '../../../checks/elb/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(loadBalancer);
const action = 'elasticloadbalancing:DescribeLoadBalancers';
const Listener = { Protocol: 'HTTPS', LoadBalancerPort: 443, InstanceProtocol: 'HTTP', InstancePort: 8080 };
const shop = {
  LoadBalancerName: 'shop',
  SecurityGroups: ['sg-1'],
  ListenerDescriptions: [{ Listener }, { Listener: { ...Listener, Protocol: 'HTTP', LoadBalancerPort: 80 } }],
};

it('reads load balancers with their listeners, page by page', async () => {
  aws()
    .on(DescribeLoadBalancersCommand)
    .resolvesOnce({ LoadBalancerDescriptions: [shop], NextMarker: 'second' })
    .resolves({ LoadBalancerDescriptions: [{ ...shop, LoadBalancerName: 'old', ListenerDescriptions: [] }] });
  const listeners = [
    { protocol: 'HTTPS', port: 443 },
    { protocol: 'HTTP', port: 80 },
  ];
  const arn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/shop';
  expect(await collected()).toMatchObject({
    rows: [
      { identity: { id: 'shop', arn }, base: { groups: ['sg-1'], listeners } },
      { identity: { id: 'old' }, base: { listeners: [] } },
    ],
    cell: { rows: 2 },
  });
  const inputs = aws()
    .commandCalls(DescribeLoadBalancersCommand)
    .map((call) => call.args[0].input);
  expect(inputs).toMatchObject([{ PageSize: 400 }, { PageSize: 400, Marker: 'second' }]);
});

it.each([
  ['denied', () => aws().on(DescribeLoadBalancersCommand).rejects(awsError('AccessDenied'))],
  ['failed', () => aws().on(DescribeLoadBalancersCommand).resolves({})],
])('has a gap where the call is %s', async (reason, arrange) => {
  arrange();
  expect((await collected()).cell).toMatchObject({ rows: 0, gap: { reason, operation: action } });
});

it.each([
  ['groups', { SecurityGroups: undefined }],
  ['listeners', { ListenerDescriptions: undefined }],
  ['listeners', { ListenerDescriptions: [{}] }],
  ['listeners', { ListenerDescriptions: [{ Listener: { ...Listener, Protocol: undefined } }] }],
  ['listeners', { ListenerDescriptions: [{ Listener: { ...Listener, LoadBalancerPort: undefined } }] }],
])('does not guess %s: %j', async (field, change) => {
  aws()
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancerDescriptions: [{ ...shop, ...change }] });
  expect((await collected()).rows[0]!.missing).toHaveProperty([field, 'detail'], `the answer lacks ${field}`);
});
