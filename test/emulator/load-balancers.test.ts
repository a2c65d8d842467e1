import { describe, expect, it } from 'vitest';
import { ACCOUNT, kit, worldWith } from './_kit.ts';

const excluded = (what: string) => `arn:aws:ec2:eu-west-1:${ACCOUNT}:${what}`;
const world = worldWith({
  Regions: ['eu-west-1'],
  regions: {
    'eu-west-1': {
      ec2: {
        Vpcs: [
          { VpcId: 'vpc-1', CidrBlock: '10.0.0.0/16' },
          { VpcId: 'vpc-2', CidrBlock: '10.1.0.0/16' },
        ],
        Subnets: ['blocked', 'let-in', 'let-out'].map((name, index) => ({
          SubnetId: `subnet-${name}`,
          VpcId: name === 'let-out' ? 'vpc-2' : 'vpc-1',
          CidrBlock: `10.0.${index}.0/24`,
        })),
        SecurityGroups: [{ GroupId: 'sg-1', GroupName: 'front', VpcId: 'vpc-1' }],
        VpcBlockPublicAccess: { InternetGatewayBlockMode: 'block-bidirectional' },
        VpcBlockPublicAccessExclusions: [
          { ResourceArn: excluded('subnet/subnet-let-in'), InternetGatewayExclusionMode: 'allow-bidirectional' },
          { ResourceArn: excluded('vpc/vpc-2'), InternetGatewayExclusionMode: 'allow-egress' },
        ],
      },
      elasticloadbalancing: {
        LoadBalancers: [{ LoadBalancerName: 'old', SecurityGroups: ['sg-1'], Subnets: ['subnet-blocked'] }],
      },
      elasticloadbalancingv2: {
        LoadBalancers: [
          {
            LoadBalancerName: 'shop',
            SecurityGroups: ['sg-1'],
            AvailabilityZones: [{ SubnetId: 'subnet-blocked' }, { SubnetId: 'subnet-let-in' }],
          },
          {
            LoadBalancerName: 'inner',
            Type: 'network',
            Scheme: 'internal',
            AvailabilityZones: [{ SubnetId: 'subnet-let-out' }],
          },
        ],
      },
    },
  },
});
const { call, failure } = await kit({ world });

describe('load balancers', () => {
  it('of both APIs are told apart, though both sign alike', async () => {
    const { LoadBalancerDescriptions } = await call('elasticloadbalancing', 'DescribeLoadBalancers');
    const { LoadBalancers } = await call('elasticloadbalancingv2', 'DescribeLoadBalancers');
    expect(LoadBalancerDescriptions).toMatchObject([{ LoadBalancerName: 'old' }]);
    expect(LoadBalancers).toMatchObject([{ LoadBalancerName: 'shop' }, { LoadBalancerName: 'inner' }]);
  });

  it('are found by name and ARN', async () => {
    const { LoadBalancers } = await call('elasticloadbalancingv2', 'DescribeLoadBalancers', { Names: ['inner'] });
    const [{ LoadBalancerArn, SecurityGroups }] = LoadBalancers;
    expect(LoadBalancerArn).toMatch(/:loadbalancer\/net\/inner\/[0-9a-f]{12}$/);
    expect(SecurityGroups).toBeUndefined();
    const input = { LoadBalancerArns: [LoadBalancerArn] };
    expect((await call('elasticloadbalancingv2', 'DescribeLoadBalancers', input)).LoadBalancers).toEqual(LoadBalancers);
    expect((await call('elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn })).Listeners).toEqual([]);
  });

  it.each([
    ['elasticloadbalancing', 'DescribeLoadBalancers', { LoadBalancerNames: ['gone'] }, 'AccessPointNotFoundException'],
    ['elasticloadbalancingv2', 'DescribeLoadBalancers', { Names: ['gone'] }, 'LoadBalancerNotFoundException'],
    ['elasticloadbalancingv2', 'DescribeListeners', { LoadBalancerArn: 'gone' }, 'LoadBalancerNotFoundException'],
  ])('%s:%s says what does not exist', async (service, operation, input, name) => {
    expect((await failure(service, operation, input)).name).toBe(name);
  });

  it('have an interface in each of their subnets', async () => {
    const { NetworkInterfaces } = await call('ec2', 'DescribeNetworkInterfaces');
    const described = NetworkInterfaces.map(({ SubnetId, Attachment, InterfaceType, Groups, Association }: any) =>
      [SubnetId, Attachment.InstanceOwnerId, InterfaceType, Groups.length, Boolean(Association)].join(' '),
    );
    expect(described).toEqual([
      'subnet-blocked amazon-elb interface 1 true',
      'subnet-let-in amazon-elb interface 1 true',
      'subnet-let-out amazon-aws network_load_balancer 0 false',
      'subnet-blocked amazon-elb interface 1 true',
    ]);
  });
});

it('subnets know how public access to them is blocked, exclusions applied', async () => {
  const { Subnets } = await call('ec2', 'DescribeSubnets');
  expect(Subnets.map((one: any) => one.BlockPublicAccessStates.InternetGatewayBlockMode)).toEqual([
    'block-bidirectional',
    'off',
    'block-ingress',
  ]);
});
