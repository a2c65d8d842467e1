import noPublicIp from '../../../checks/ec2/ec2-instance-no-public-ip.ts';
import { cases } from '../../support/cases.ts';
import { instance, network, networkInterface, networkWithPrefixList } from './_network.ts';

const ipv6 = { ...networkInterface, ipv6Addresses: ['2600:1f18::1', 'fd00::1'] };
const withIpv6 = { ...instance, interfaces: [ipv6] };

cases(noPublicIp, {
  pass: [
    { name: 'no public address', resource: instance, with: network },
    {
      name: 'IPv6 in a subnet whose way out is egress-only',
      resource: { ...instance, interfaces: [{ ...ipv6, subnet: 'subnet-private' }] },
      with: network,
    },
    {
      name: 'IPv6 behind a block of internet gateways',
      resource: withIpv6,
      with: {
        ...network,
        subnets: [{ ...network.subnets[0]!, internetGatewayBlockMode: 'block-bidirectional' }],
      },
    },
    {
      name: 'IPv6 of the unique local range',
      resource: { ...instance, interfaces: [{ ...ipv6, ipv6Addresses: ['fd00::1'] }] },
      with: network,
    },
    {
      name: 'IPv6 with a route by a prefix list that is not the internet',
      resource: withIpv6,
      with: networkWithPrefixList(['2600:1f18::/48']),
    },
    { name: 'a tag that exempts nothing', resource: { ...instance, tags: { Role: 'web' } }, with: network },
  ],
  fail: [
    {
      name: 'a public IPv4 address',
      resource: { ...instance, publicIps: ['198.51.100.1'] },
      message: 'public addresses: 1',
      evidence: { addresses: ['198.51.100.1'] },
    },
    {
      name: 'an Elastic IP of a stopped instance',
      resource: { ...instance, state: 'stopped', publicIps: ['198.51.100.1'] },
    },
    {
      name: 'IPv6 that an internet gateway serves',
      resource: withIpv6,
      with: network,
      evidence: { addresses: ['2600:1f18::1'] },
    },
    {
      name: 'IPv6 on the second interface',
      resource: { ...instance, interfaces: [networkInterface, { ...ipv6, id: 'eni-2' }] },
      with: network,
    },
    {
      name: 'IPv6 with a route by a prefix list that is the internet',
      resource: withIpv6,
      with: networkWithPrefixList(['2000::/3']),
    },
    {
      name: 'a tag that exempts with another value',
      resource: { ...instance, publicIps: ['198.51.100.1'], tags: { Role: 'web' } },
    },
    {
      name: 'the value of an exempting tag under another key',
      resource: { ...instance, publicIps: ['198.51.100.1'], tags: { Name: 'bastion' } },
    },
    {
      name: 'a bastion where none is exempt',
      resource: { ...instance, publicIps: ['198.51.100.1'], tags: { Role: 'bastion' } },
      params: { exemptTags: { Role: [] } },
    },
  ],
  skip: [
    { name: 'terminated', resource: { ...instance, state: 'terminated' }, message: 'terminated' },
    { name: 'shutting down', resource: { ...instance, state: 'shutting-down', publicIps: ['198.51.100.1'] } },
    {
      name: 'a bastion',
      resource: { ...instance, publicIps: ['198.51.100.1'], tags: { Role: 'bastion' } },
      message: 'the tag Role exempts',
    },
    { name: 'a NAT instance', resource: { ...instance, publicIps: ['198.51.100.1'], tags: { Role: 'nat' } } },
  ],
  unknown: [
    {
      name: 'IPv6 in a subnet that cannot be seen',
      resource: withIpv6,
      with: { ...network, subnets: [] },
      message: 'subnet subnet-public',
    },
    {
      name: 'IPv6 with a route by a prefix list that cannot be seen',
      resource: withIpv6,
      with: { ...networkWithPrefixList([]), prefixLists: [] },
      message: 'prefix list pl-1',
    },
  ],
});
