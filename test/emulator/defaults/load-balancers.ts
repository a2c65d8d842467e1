import type { NetworkInterface } from '@aws-sdk/client-ec2';
import type { LoadBalancerDescription } from '@aws-sdk/client-elastic-load-balancing';
import type { Listener, LoadBalancer } from '@aws-sdk/client-elastic-load-balancing-v2';
import { arn, hexId, LONG_AGO, uuid, type Described, type Place } from './common.ts';
import { groupNamer, type Ec2 } from './ec2-model.ts';

/** With its listeners, which AWS tells one load balancer at a time. */
export type Balancer = Described<LoadBalancer> & { Listeners?: Described<Listener>[] };
export type ClassicBalancer = Described<LoadBalancerDescription>;

const KINDS: Record<string, string> = { application: 'app', network: 'net', gateway: 'gwy' };

/** Completes an Application, Network or Gateway Load Balancer. */
export function balancerOf(described: Balancer, place: Place): Balancer {
  const { LoadBalancerName: name = '', Type = 'application', Listeners = [] } = described;
  const id = uuid('load-balancer', place.account, place.region, name).slice(-12);
  const path = `${KINDS[Type]}/${name}/${id}`;
  const LoadBalancerArn = arn('elasticloadbalancing', place, `loadbalancer/${path}`);
  return {
    LoadBalancerArn,
    DNSName: `${name}-${id}.${place.region}.elb.amazonaws.com`,
    CreatedTime: LONG_AGO,
    Scheme: 'internet-facing',
    State: { Code: 'active' },
    Type,
    IpAddressType: 'ipv4',
    ...described,
    Listeners: Listeners.map((listener) => ({
      ListenerArn: arn(
        'elasticloadbalancing',
        place,
        `listener/${path}/${uuid(path, String(listener.Port)).slice(-12)}`,
      ),
      LoadBalancerArn,
      DefaultActions: [],
      ...listener,
    })),
  };
}

/** Completes a Classic Load Balancer. */
export function classicBalancerOf(described: ClassicBalancer, { region }: Place): ClassicBalancer {
  return {
    DNSName: `${described.LoadBalancerName}.${region}.elb.amazonaws.com`,
    CreatedTime: LONG_AGO,
    Scheme: 'internet-facing',
    Subnets: [],
    SecurityGroups: [],
    Instances: [],
    ListenerDescriptions: [],
    ...described,
  };
}

/** The network interfaces that load balancers have, one in each of their subnets. */
export function balancerInterfaces(
  balancers: readonly Balancer[],
  classicBalancers: readonly ClassicBalancer[],
  ec2: Ec2,
  place: Place,
): Described<NetworkInterface>[] {
  const modern = balancers.map((one) => ({
    name: one.LoadBalancerArn!.split(':loadbalancer/')[1]!,
    isPublic: one.Scheme === 'internet-facing',
    isNetwork: one.Type === 'network',
    subnets: (one.AvailabilityZones ?? []).map(({ SubnetId }) => SubnetId),
    groups: one.SecurityGroups ?? [],
  }));
  const classic = classicBalancers.map((one) => ({
    name: one.LoadBalancerName!,
    isPublic: one.Scheme === 'internet-facing',
    isNetwork: false,
    subnets: one.Subnets ?? [],
    groups: one.SecurityGroups ?? [],
  }));
  const groupsOf = groupNamer(ec2);
  return [...modern, ...classic].flatMap(({ name, isPublic, isNetwork, subnets, groups }) =>
    subnets.map((SubnetId) => {
      const seed = [place.account, place.region, name, SubnetId ?? ''];
      const PublicIp = `192.0.2.${1 + (parseInt(hexId('ip', ...seed).slice(4, 8), 16) % 254)}`;
      const subnet = ec2.Subnets.find((one) => one.SubnetId === SubnetId);
      return {
        NetworkInterfaceId: hexId('eni', ...seed),
        Description: `ELB ${name}`,
        RequesterId: 'amazon-elb',
        RequesterManaged: true,
        OwnerId: place.account,
        SubnetId,
        VpcId: subnet?.VpcId,
        AvailabilityZone: subnet?.AvailabilityZone,
        Groups: groupsOf(groups),
        Attachment: {
          AttachmentId: hexId('ela-attach', ...seed),
          DeleteOnTermination: false,
          DeviceIndex: 1,
          InstanceOwnerId: isNetwork ? 'amazon-aws' : 'amazon-elb',
          Status: 'attached' as const,
        },
        ...(isPublic ? { Association: { IpOwnerId: 'amazon-elb', PublicIp } } : {}),
        PrivateIpAddresses: [{ Primary: true, ...(isPublic ? { Association: { PublicIp } } : {}) }],
        Ipv6Addresses: [],
        SourceDestCheck: true,
        Status: 'in-use' as const,
        InterfaceType: isNetwork ? ('network_load_balancer' as const) : ('interface' as const),
        TagSet: [],
      };
    }),
  );
}
