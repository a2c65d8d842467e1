import type { Table, View } from '../../lib/core/model.ts';

type NetworkInterface = View<'AWS::EC2::NetworkInterface'>;
type Interfaces = Table<NetworkInterface>;

// The SDK lists 'natGateway', the API's own filter 'nat_gateway'.
const NAT = ['natGateway', 'nat_gateway'];
const BALANCERS = ['load_balancer', 'network_load_balancer', 'gateway_load_balancer'];
/** AWS calls through these from the customer's side, and answers by other ways. */
const ENTRANCES = ['vpc_endpoint', 'api_gateway_managed'];
/** Interfaces of instances, tasks and pods. */
const MACHINES = ['interface', 'efa', 'efa-only', 'trunk', 'branch'];
/** 'amazon-elb', 'amazon-rds' and the like own what their interfaces are attached to. */
const SERVICE = /^amazon-/;

/** Is there anything in the VPC beside NAT gateways? */
export function isVpcInUse(vpc: string, interfaces: Interfaces): boolean {
  return interfaces.having('vpc', vpc).some(isUse);
}

export function isUse({ interfaceType }: NetworkInterface): boolean {
  return !NAT.includes(interfaceType);
}

/** Does an instance, a container or a function run on the interface? */
export function isWorkload({ interfaceType, attachedBy }: NetworkInterface): boolean {
  if (interfaceType === 'lambda') return true;
  return MACHINES.includes(interfaceType) && attachedBy !== null && !SERVICE.test(attachedBy);
}

/** What a group protects: nothing, load balancers (perhaps beside entrances to services), entrances alone, or anything else. */
export type Behind = 'nothing' | 'load balancers' | 'entrances' | 'others';

export function behindGroup(group: string, interfaces: Interfaces): Behind {
  const own = interfaces.having('groups', group);
  if (own.some((one) => !isLoadBalancer(one) && !isEntrance(one))) return 'others';
  if (own.some(isLoadBalancer)) return 'load balancers';
  return own.some(() => true) ? 'entrances' : 'nothing';
}

function isLoadBalancer({ interfaceType, attachedBy }: NetworkInterface): boolean {
  return attachedBy === 'amazon-elb' || BALANCERS.includes(interfaceType);
}

function isEntrance({ interfaceType }: NetworkInterface): boolean {
  return ENTRANCES.includes(interfaceType);
}
