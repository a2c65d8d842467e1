import { expect, it } from 'vitest';
import exposedPort from '../../../checks/ec2/ec2-instance-no-internet-exposed-sensitive-port.ts';
import { cases } from '../../support/cases.ts';
import { closedAcl, exposed, exposedInterface, group, reachable, rule } from './_exposure.ts';

const { subnets } = reachable();
const ipv6 = { ...exposedInterface, publicIps: [], ipv6Addresses: ['2600:1f18::1'] };
const way = {
  interface: 'eni-1',
  family: 'IPv4',
  addresses: ['18.184.1.1'],
  gateway: 'igw-1',
  aclRule: 100,
  sources: ['0.0.0.0/0'],
};

it('looks at the ports of all the checks of security groups', () => {
  const { tcpPorts, udpPorts } = exposedPort.params;
  expect(tcpPorts).toEqual(expect.arrayContaining([22, 3389, 3306, 6379, 445, 2375]));
  expect(udpPorts).toEqual(expect.arrayContaining([3389, 1434, 11211]));
  expect(new Set(tcpPorts).size).toBe(tcpPorts.length);
  expect(new Set(udpPorts).size).toBe(udpPorts.length);
});

cases(exposedPort, {
  pass: [
    { name: 'no port is open', resource: exposed, with: reachable() },
    { name: 'a port that is not sensitive', resource: exposed, with: reachable(rule(443)) },
    {
      name: 'a port that the params leave out',
      resource: exposed,
      with: reachable(rule(22)),
      params: { tcpPorts: [3389] },
    },
    { name: 'an office only', resource: exposed, with: reachable(rule(22, { cidrs: ['198.51.100.0/24'] })) },
    {
      name: 'no public address',
      resource: { ...exposed, interfaces: [{ ...exposedInterface, publicIps: [] }] },
      with: reachable(rule(22)),
    },
    {
      name: 'a private subnet',
      resource: { ...exposed, interfaces: [{ ...exposedInterface, subnet: 'subnet-private' }] },
      with: reachable(rule(22)),
    },
    {
      name: 'VPC Block Public Access',
      resource: exposed,
      with: {
        ...reachable(rule(22)),
        subnets: [{ ...subnets[0]!, internetGatewayBlockMode: 'block-ingress' }],
      },
    },
    {
      name: 'the network ACL lets nothing in',
      resource: exposed,
      with: { ...reachable(rule(22)), networkAcls: [closedAcl] },
    },
    {
      name: 'the world of IPv4, where only the IPv6 address is public: families are apart',
      resource: { ...exposed, interfaces: [ipv6] },
      with: reachable(rule(22)),
    },
    {
      name: 'an open group of another interface, which has no public address',
      resource: {
        ...exposed,
        interfaces: [exposedInterface, { ...exposedInterface, id: 'eni-2', groups: ['sg-2'], publicIps: [] }],
      },
      with: { ...reachable(), securityGroups: [group('sg-1'), group('sg-2', rule(22))] },
    },
    {
      name: 'stopped, without Elastic IP',
      resource: { ...exposed, state: 'stopped', interfaces: [ipv6] },
      with: reachable(rule(22, { ipv6Cidrs: ['::/0'] })),
    },
    {
      name: 'a narrow source where the params do not count it as the world',
      resource: exposed,
      with: reachable(rule(22, { cidrs: ['8.0.0.0/8'] })),
    },
  ],
  fail: [
    {
      name: 'SSH',
      resource: exposed,
      with: reachable(rule(22)),
      severity: undefined,
      message: 'the internet reaches tcp 22',
      evidence: { openings: [{ ...way, ports: ['tcp 22'] }] },
    },
    {
      name: 'a database port over UDP',
      resource: exposed,
      with: reachable(rule(1434, { protocol: 'udp' })),
      message: 'udp 1434',
    },
    {
      name: 'ten ports are named',
      resource: exposed,
      with: reachable(rule(null)),
      params: { tcpPorts: [1, 2, 3, 4, 5], udpPorts: [1, 2, 3, 4, 5] },
      message: 'tcp 5, udp 1, udp 2',
    },
    {
      name: 'eleven ports are counted',
      resource: exposed,
      with: reachable(rule(null)),
      params: { tcpPorts: [1, 2, 3, 4, 5, 6], udpPorts: [1, 2, 3, 4, 5] },
      message: 'the internet reaches 11 sensitive ports',
    },
    {
      name: 'two ports by one way are one opening',
      resource: exposed,
      with: reachable(rule(22), rule(3389)),
      message: 'the internet reaches tcp 22, tcp 3389',
      evidence: { openings: [{ ...way, ports: ['tcp 22', 'tcp 3389'] }] },
    },
    {
      name: 'over IPv6',
      resource: { ...exposed, interfaces: [ipv6] },
      with: reachable(rule(22, { cidrs: [], ipv6Cidrs: ['::/0'] })),
    },
    {
      name: 'on the second interface, by its own group',
      resource: {
        ...exposed,
        interfaces: [
          { ...exposedInterface, publicIps: [] },
          { ...exposedInterface, id: 'eni-2', groups: ['sg-2'] },
        ],
      },
      with: { ...reachable(), securityGroups: [group('sg-1'), group('sg-2', rule(22))] },
      evidence: { openings: [{ ...way, interface: 'eni-2', ports: ['tcp 22'] }] },
    },
    {
      name: 'on both interfaces, told once',
      resource: { ...exposed, interfaces: [exposedInterface, { ...exposedInterface, id: 'eni-2' }] },
      with: reachable(rule(22)),
      message: /^the internet reaches tcp 22$/,
    },
    {
      name: 'a prefix list that is the world',
      resource: exposed,
      with: {
        ...reachable(rule(22, { cidrs: [], prefixLists: ['pl-1'] })),
        prefixLists: [{ id: 'pl-1', owner: '111122223333', entries: ['0.0.0.0/1', '128.0.0.0/1'] }],
      },
    },
    {
      name: 'another group cannot be seen',
      resource: {
        ...exposed,
        interfaces: [{ ...exposedInterface, id: 'eni-2', groups: ['sg-of-others'] }, exposedInterface],
      },
      with: reachable(rule(22)),
    },
    {
      name: 'another group has a source that cannot be read',
      resource: { ...exposed, interfaces: [{ ...exposedInterface, id: 'eni-2', groups: ['sg-2'] }, exposedInterface] },
      with: {
        ...reachable(),
        securityGroups: [group('sg-1', rule(22)), group('sg-2', rule(22, { cidrs: ['10.0.0.0/99'] }))],
      },
    },
    { name: 'pending', resource: { ...exposed, state: 'pending' }, with: reachable(rule(22)), severity: undefined },
    {
      name: 'stopped with an Elastic IP',
      resource: { ...exposed, state: 'stopped' },
      with: reachable(rule(22)),
      severity: 'high',
      message: 'stopped, and keeps its address',
    },
    { name: 'stopping', resource: { ...exposed, state: 'stopping' }, with: reachable(rule(22)), severity: 'high' },
    {
      name: 'a narrow source where the params count it as the world',
      resource: exposed,
      with: reachable(rule(22, { cidrs: ['8.0.0.0/8'] })),
      params: { worldIpv4PrefixBelow: 9 },
    },
  ],
  skip: [
    { name: 'terminated', resource: { ...exposed, state: 'terminated' }, with: reachable(rule(22)) },
    { name: 'shutting down', resource: { ...exposed, state: 'shutting-down' }, with: reachable(rule(22)) },
  ],
  unknown: [
    {
      name: 'a source that cannot be read',
      resource: exposed,
      with: reachable(rule(22, { cidrs: ['10.0.0.0/99'] })),
      message: 'not a CIDR',
    },
    {
      name: 'the group cannot be seen',
      resource: exposed,
      with: { ...reachable(), securityGroups: [] },
      message: 'security group sg-1',
    },
    {
      name: 'the network ACL cannot be seen',
      resource: exposed,
      with: { ...reachable(rule(22)), networkAcls: [] },
      message: 'the network ACL of subnet subnet-public',
    },
  ],
});
