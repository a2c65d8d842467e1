import controlled from '../../../checks/ec2/ec2-instance-admin-access-controlled.ts';
import { cases } from '../../support/cases.ts';
import { exposed, exposedInterface, group, reachable, rule } from './_exposure.ts';
import { instance, networkInterface } from './_network.ts';

const inside = { ...instance, interfaces: [{ ...networkInterface, groups: ['sg-1'] }] };
const closed = reachable();
const agent = (pingStatus: 'Online' | 'ConnectionLost' | 'Inactive', id = 'id') => ({
  ...closed,
  managedInstances: [{ id, pingStatus, lastPing: null }],
});
const endpoint = (
  state: 'create-complete' | 'update-complete' | 'create-failed' | 'create-in-progress',
  vpc = 'vpc-1',
) => ({
  ...closed,
  connectEndpoints: [{ id: 'eice-1', vpc, state }],
});
const vpn = (
  change: Partial<{
    vpcs: string[];
    state: 'available' | 'pending' | 'deleted';
    gateway: string | null;
    tunnels: ('UP' | 'DOWN')[];
  }>,
) => {
  const { vpcs, state, gateway, tunnels } = {
    vpcs: ['vpc-1'],
    state: 'available' as const,
    gateway: 'vgw-1',
    tunnels: ['UP' as const, 'DOWN' as const],
    ...change,
  };
  return {
    ...closed,
    vpnGateways: [{ id: 'vgw-1', vpcs }],
    vpnConnections: [{ id: 'vpn-1', state, gateway, tunnels }],
  };
};
const client = (state: 'available' | 'pending-associate', vpc: string | null = 'vpc-1') => ({
  ...closed,
  clientVpns: [{ id: 'cvpn-1', vpc, state }],
});
const transit = (state: 'available' | 'modifying' | 'pendingAcceptance', vpc = 'vpc-1') => ({
  ...closed,
  transitAttachments: [{ id: 'tgw-attach-1', vpc, state }],
});
const fromGroup = (port: number, ...groups: string[]) => reachable(rule(port, { cidrs: [], groups }));
const grouped = { ...inside, tags: { 'aws:autoscaling:groupName': 'web' } };
const tagged = (tags: Record<string, string>) => ({
  ...closed,
  groups: [{ id: 'web', launchTemplates: [], tags }],
});

cases(controlled, {
  pass: [
    {
      name: 'its agent is online',
      resource: inside,
      with: agent('Online'),
      message: 'Systems Manager',
      evidence: { paths: ['Systems Manager'] },
    },
    { name: 'an Instance Connect Endpoint', resource: inside, with: endpoint('create-complete') },
    { name: 'an Instance Connect Endpoint that was changed', resource: inside, with: endpoint('update-complete') },
    {
      name: 'a VPN',
      resource: inside,
      with: vpn({}),
      evidence: { paths: ['site-to-site VPN'] },
    },
    {
      name: 'a VPN of which all tunnels are down',
      resource: inside,
      with: vpn({ tunnels: ['DOWN', 'DOWN'] }),
      evidence: { paths: ['site-to-site VPN without a tunnel that is up'] },
    },
    { name: 'a client VPN', resource: inside, with: client('available'), evidence: { paths: ['client VPN'] } },
    {
      name: 'a transit gateway',
      resource: inside,
      with: transit('available'),
      evidence: { paths: ['transit gateway'] },
    },
    { name: 'a transit gateway that is being changed', resource: inside, with: transit('modifying') },
    {
      name: 'a bastion, by its group',
      resource: inside,
      with: fromGroup(22, 'sg-bastion'),
      evidence: { paths: ['another security group'] },
    },
    { name: 'a bastion for remote desktops', resource: inside, with: fromGroup(3389, 'sg-bastion') },
    { name: 'a bastion for WinRM', resource: inside, with: fromGroup(5985, 'sg-bastion') },
    { name: 'a bastion for WinRM over TLS', resource: inside, with: fromGroup(5986, 'sg-bastion') },
    {
      name: 'by the second interface, in another VPC',
      resource: { ...inside, interfaces: [...inside.interfaces, { ...networkInterface, id: 'eni-2', vpc: 'vpc-2' }] },
      with: endpoint('create-complete', 'vpc-2'),
    },
    { name: 'tagged that nobody logs in', resource: { ...inside, tags: { Access: 'none' } }, with: closed },
    {
      name: 'of a group that is tagged that nobody logs in',
      resource: grouped,
      with: tagged({ Access: 'none' }),
      message: 'tags of its group',
    },
    {
      name: 'another port is open to the internet',
      resource: exposed,
      with: { ...reachable(rule(443)), managedInstances: [{ id: 'id', pingStatus: 'Online', lastPing: null }] },
    },
  ],
  fail: [
    {
      name: 'SSH is open to the internet, whatever other ways there are',
      resource: { ...exposed, tags: { Access: 'none' } },
      with: { ...reachable(rule(22)), managedInstances: [{ id: 'id', pingStatus: 'Online', lastPing: null }] },
      severity: 'critical',
      message: 'the internet may log in',
    },
    { name: 'RDP is open to the internet', resource: exposed, with: reachable(rule(3389)), severity: 'critical' },
    { name: 'WinRM is open to the internet', resource: exposed, with: reachable(rule(5985)), severity: 'critical' },
    {
      name: 'WinRM over TLS is open to the internet',
      resource: exposed,
      with: reachable(rule(5986)),
      severity: 'critical',
    },
    {
      name: 'SSH is open to a prefix list that is the world',
      resource: exposed,
      with: {
        ...reachable(rule(22, { cidrs: [], prefixLists: ['pl-1'] })),
        prefixLists: [{ id: 'pl-1', owner: '111122223333', entries: ['0.0.0.0/0'] }],
      },
      severity: 'critical',
    },
    { name: 'no way in', resource: inside, with: closed, severity: 'low', evidence: { paths: [] } },
    { name: 'its agent has lost the connection', resource: inside, with: agent('ConnectionLost'), severity: 'low' },
    { name: 'its agent is inactive', resource: inside, with: agent('Inactive') },
    { name: 'the agent of another', resource: inside, with: agent('Online', 'i-other') },
    { name: 'an endpoint that failed', resource: inside, with: endpoint('create-failed') },
    { name: 'an endpoint of another VPC', resource: inside, with: endpoint('create-complete', 'vpc-2') },
    { name: 'a VPN gateway of another VPC', resource: inside, with: vpn({ vpcs: ['vpc-2'] }) },
    { name: 'a VPN connection that is not ready', resource: inside, with: vpn({ state: 'pending' }) },
    { name: 'a VPN connection of another gateway', resource: inside, with: vpn({ gateway: 'vgw-2' }) },
    { name: 'a client VPN without subnet', resource: inside, with: client('pending-associate') },
    { name: 'a client VPN elsewhere', resource: inside, with: client('available', 'vpc-2') },
    { name: 'a transit gateway that is not joined yet', resource: inside, with: transit('pendingAcceptance') },
    { name: 'a transit gateway elsewhere', resource: inside, with: transit('available', 'vpc-2') },
    { name: 'its own group as source', resource: inside, with: fromGroup(22, 'sg-1') },
    { name: 'a group as source of another port', resource: inside, with: fromGroup(443, 'sg-alb') },
    { name: 'another tag', resource: { ...inside, tags: { Access: 'some' } }, with: closed },
    { name: 'of a group with other tags', resource: grouped, with: tagged({ Access: 'some' }) },
    { name: 'of a group that is gone', resource: grouped, with: closed },
    {
      name: 'another tag where the params say so',
      resource: { ...inside, tags: { Access: 'none' } },
      with: closed,
      params: { immutableTags: { Access: [] } },
    },
  ],
  skip: [
    { name: 'stopped', resource: { ...exposed, state: 'stopped' }, with: reachable(rule(22)), message: 'stopped' },
    { name: 'terminated', resource: { ...inside, state: 'terminated' }, with: closed },
  ],
  unknown: [
    {
      name: 'a group that cannot be seen',
      resource: { ...inside, interfaces: [{ ...exposedInterface, publicIps: [] }] },
      with: { ...closed, securityGroups: [group('sg-2')] },
      message: 'security group sg-1',
    },
  ],
});
