import { DescribeListenersCommand, DescribeLoadBalancersCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { loadBalancer } from '../../../checks/elbv2/collect.ts';
import { awsError, collector } from '../../support/collected.ts';

const { aws, collected } = collector(loadBalancer);
const LoadBalancerArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/shop/50dc6c495c0c9188';
const shop = {
  LoadBalancerName: 'shop',
  LoadBalancerArn,
  Type: 'application' as 'application' | 'network' | 'gateway',
  SecurityGroups: ['sg-1'],
};
const listedAs = (change: object) =>
  aws()
    .on(DescribeLoadBalancersCommand)
    .resolves({ LoadBalancers: [{ ...shop, ...change }] });

it('reads load balancers and the listeners of each, page by page', async () => {
  aws()
    .on(DescribeLoadBalancersCommand)
    .resolvesOnce({ LoadBalancers: [], NextMarker: 'second' })
    .resolves({ LoadBalancers: [shop] });
  aws()
    .on(DescribeListenersCommand)
    .resolvesOnce({ Listeners: [{ Protocol: 'HTTPS', Port: 443 }], NextMarker: 'third' })
    .resolves({ Listeners: [{ Protocol: 'HTTP', Port: 80 }] });
  const listeners = [
    { protocol: 'HTTPS', port: 443 },
    { protocol: 'HTTP', port: 80 },
  ];
  expect(await collected()).toMatchObject({
    rows: [
      {
        identity: { id: 'shop', arn: LoadBalancerArn },
        base: { groups: ['sg-1'] },
        facets: { listeners: { value: listeners } },
      },
    ],
    cell: { rows: 1 },
  });
  const inputs = aws()
    .calls()
    .map((call) => call.args[0].input);
  expect(inputs).toMatchObject([
    { PageSize: 400 },
    { PageSize: 400, Marker: 'second' },
    { LoadBalancerArn, PageSize: 400 },
    { LoadBalancerArn, PageSize: 400, Marker: 'third' },
  ]);
});

it.each(['network', 'gateway'] as const)('asks for no listeners of a %s load balancer without groups', async (Type) => {
  listedAs({ Type, SecurityGroups: undefined });
  expect((await collected()).rows).toMatchObject([{ base: { groups: [] }, facets: { listeners: { value: [] } } }]);
  expect(aws().commandCalls(DescribeListenersCommand)).toHaveLength(0);
});

it.each(['application', undefined])('does not guess the groups of a load balancer of type %s', async (Type) => {
  listedAs({ Type, SecurityGroups: undefined });
  expect((await collected()).rows[0]!.missing).toHaveProperty(['groups', 'detail'], 'the answer lacks groups');
});

it('leaves out what is deleted meanwhile', async () => {
  listedAs({});
  aws().on(DescribeListenersCommand).rejects(awsError('LoadBalancerNotFoundException'));
  expect(await collected()).toMatchObject({ rows: [], cell: { rows: 0 } });
});

it.each([
  ['denied', () => aws().on(DescribeListenersCommand).rejects(awsError('AccessDenied'))],
  ['failed', () => aws().on(DescribeListenersCommand).resolves({})],
  [
    'failed',
    () =>
      aws()
        .on(DescribeListenersCommand)
        .resolves({ Listeners: [{ Protocol: 'HTTP' }] }),
  ],
  [
    'failed',
    () =>
      aws()
        .on(DescribeListenersCommand)
        .resolves({ Listeners: [{ Port: 80 }] }),
  ],
])('has a gap where listeners are %s', async (reason, arrange) => {
  listedAs({});
  arrange();
  const gap = { reason, operation: 'elasticloadbalancing:DescribeListeners' };
  expect((await collected()).rows).toMatchObject([{ facets: { listeners: { gap } } }]);
});

it.each([
  ['denied', () => aws().on(DescribeLoadBalancersCommand).rejects(awsError('AccessDenied'))],
  ['failed', () => aws().on(DescribeLoadBalancersCommand).resolves({})],
])('has a gap where load balancers are %s', async (reason, arrange) => {
  arrange();
  const gap = { reason, operation: 'elasticloadbalancing:DescribeLoadBalancers' };
  expect((await collected()).cell).toMatchObject({ rows: 0, gap });
});
