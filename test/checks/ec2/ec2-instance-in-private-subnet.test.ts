import privateSubnet from '../../../checks/ec2/ec2-instance-in-private-subnet.ts';
import { cases } from '../../support/cases.ts';
import { instance, network, networkInterface, networkWithPrefixList } from './_network.ts';

const inPrivate = { ...networkInterface, subnet: 'subnet-private' };
const [open, closed] = network.subnets;
const blocked = (internetGatewayBlockMode: 'off' | 'block-ingress' | 'block-bidirectional') => ({
  ...network,
  subnets: [{ ...open!, internetGatewayBlockMode }, closed!],
});

cases(privateSubnet, {
  pass: [
    {
      name: 'the main route table has no way to the internet',
      resource: { ...instance, interfaces: [inPrivate] },
      with: network,
      evidence: { subnets: ['subnet-private'] },
    },
    { name: 'ingress is blocked', resource: instance, with: blocked('block-ingress') },
    { name: 'both ways are blocked', resource: instance, with: blocked('block-bidirectional') },
    {
      name: 'a prefix list that is not the internet',
      resource: instance,
      with: networkWithPrefixList(['10.0.0.0/8']),
    },
  ],
  fail: [
    {
      name: 'the subnet has a default route to an internet gateway',
      resource: instance,
      with: network,
      evidence: { publicSubnets: ['subnet-public'] },
    },
    { name: 'the block is off', resource: instance, with: blocked('off') },
    {
      name: 'a second interface in a public subnet',
      resource: { ...instance, interfaces: [inPrivate, { ...networkInterface, id: 'eni-2' }] },
      with: network,
      evidence: { publicSubnets: ['subnet-public'] },
    },
    { name: 'a stopped instance', resource: { ...instance, state: 'stopped' }, with: network },
    { name: 'another role than an exempt one', resource: { ...instance, tags: { Role: 'web' } }, with: network },
    {
      name: 'an IPv6 route only',
      resource: instance,
      with: {
        ...network,
        routeTables: [{ ...network.routeTables[1]!, routes: [network.routeTables[1]!.routes[1]!] }],
      },
    },
  ],
  skip: [
    { name: 'terminated', resource: { ...instance, state: 'terminated' }, with: network },
    { name: 'a bastion', resource: { ...instance, tags: { Role: 'bastion' } }, with: network, message: 'tag Role' },
    { name: 'a NAT instance', resource: { ...instance, tags: { Role: 'nat' } }, with: network },
  ],
  unknown: [
    {
      name: 'the subnet cannot be seen',
      resource: instance,
      with: { ...network, subnets: [] },
      message: 'subnet-public',
    },
    {
      name: 'the route table cannot be seen',
      resource: instance,
      with: { ...network, routeTables: [] },
      message: 'the route table of subnet subnet-public',
    },
  ],
});
