import { table } from '../../lib/core/check.ts';
import { required, witnesses } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import type { Table, View } from '../../lib/core/model.ts';
import { covers } from '../../lib/network/rules.ts';
import { ADMIN_TCP_PORTS } from './_sensitive-ports.ts';

/** What can be a way into instances that is not the internet. */
export const PATHS = {
  managedInstances: table('AWS::SSM::ManagedInstance'),
  connectEndpoints: table('AWS::EC2::InstanceConnectEndpoint'),
  vpnGateways: table('AWS::EC2::VPNGateway'),
  vpnConnections: table('AWS::EC2::VPNConnection'),
  clientVpns: table('AWS::EC2::ClientVpnEndpoint'),
  transitAttachments: table('AWS::EC2::TransitGatewayVpcAttachment'),
};

type Instance = View<'AWS::EC2::Instance'>;
type Attached = Pick<Instance, 'interfaces'>;
interface Places {
  readonly managedInstances: Table<View<'AWS::SSM::ManagedInstance'>>;
  readonly connectEndpoints: Table<View<'AWS::EC2::InstanceConnectEndpoint'>>;
  readonly vpnGateways: Table<View<'AWS::EC2::VPNGateway'>>;
  readonly vpnConnections: Table<View<'AWS::EC2::VPNConnection'>>;
  readonly clientVpns: Table<View<'AWS::EC2::ClientVpnEndpoint'>>;
  readonly transitAttachments: Table<View<'AWS::EC2::TransitGatewayVpcAttachment'>>;
  readonly securityGroups: Table<View<'AWS::EC2::SecurityGroup'>>;
}

const WAYS: Readonly<Record<string, (instance: Instance, places: Places) => boolean>> = {
  'Systems Manager': (instance, { managedInstances }) => isOnline(instance, managedInstances),
  'EC2 Instance Connect Endpoint': (instance, { connectEndpoints }) => hasConnectEndpoint(instance, connectEndpoints),
  'another security group': (instance, { securityGroups }) => isOpenToGroups(instance, securityGroups),
  'site-to-site VPN': (instance, places) => hasVpn(instance, places, (tunnels) => tunnels.includes('UP')),
  'site-to-site VPN without a tunnel that is up': (instance, places) =>
    hasVpn(instance, places, (tunnels) => !tunnels.includes('UP')),
  'client VPN': (instance, { clientVpns }) => isAnyIn(instance, clientVpns, ['available']),
  'transit gateway': (instance, { transitAttachments }) =>
    isAnyIn(instance, transitAttachments, ['available', 'modifying']),
};

/** The names of the ways by which somebody can administer the instance without the internet. */
export function adminPaths(instance: Instance, places: Places): string[] {
  return witnesses(Object.keys(WAYS), (name) => WAYS[name]!(instance, places));
}

/** Is there a way in that needs no key pair of its own: Session Manager, or EC2 Instance Connect? */
export function isOpenWithoutKey(
  instance: Instance,
  { managedInstances, connectEndpoints }: Pick<Places, 'managedInstances' | 'connectEndpoints'>,
): boolean {
  return anyOf(
    () => isOnline(instance, managedInstances),
    () => hasConnectEndpoint(instance, connectEndpoints),
  );
}

/** Does Systems Manager reach the agent of the instance now? */
function isOnline({ id }: Instance, managed: Places['managedInstances']): boolean {
  return managed.get(id)?.pingStatus === 'Online';
}

/** Is there an EC2 Instance Connect Endpoint in a VPC of the instance? */
function hasConnectEndpoint(instance: Attached, endpoints: Places['connectEndpoints']): boolean {
  return isAnyIn(instance, endpoints, ['create-complete', 'update-complete']);
}

type InVpc = Table<{ readonly vpc: string | null; readonly state: string }>;

function isAnyIn(instance: Attached, table: InVpc, states: readonly string[]): boolean {
  return anyOf(
    ...vpcsOf(instance).map((vpc) => () => table.having('vpc', vpc).some(({ state }) => states.includes(state))),
  );
}

/** Bastions: does a rule let the members of another group reach a port where people log in? */
function isOpenToGroups(instance: Attached, groups: Places['securityGroups']): boolean {
  const ids = [...new Set(instance.interfaces.flatMap((one) => one.groups))];
  const isOpen = (id: string) =>
    required(groups.get(id), `security group ${id}`).ingress.some(
      (rule) =>
        rule.groups.some((source) => source !== id) && ADMIN_TCP_PORTS.some((port) => covers(rule, 'tcp', port)),
    );
  return anyOf(...ids.map((id) => () => isOpen(id)));
}

function hasVpn(
  instance: Attached,
  { vpnGateways, vpnConnections }: Places,
  test: (tunnels: readonly string[]) => boolean,
): boolean {
  const isConnected = (gateway: string) =>
    vpnConnections.having('gateway', gateway).some(({ state, tunnels }) => state === 'available' && test(tunnels));
  return anyOf(
    ...vpcsOf(instance).map((vpc) => () => vpnGateways.having('vpcs', vpc).some(({ id }) => isConnected(id))),
  );
}

function vpcsOf({ interfaces }: Attached): string[] {
  return [...new Set(interfaces.map(({ vpc }) => vpc))];
}
