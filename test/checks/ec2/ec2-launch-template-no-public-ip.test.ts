import noPublicIp from '../../../checks/ec2/ec2-launch-template-no-public-ip.ts';
import { cases } from '../../support/cases.ts';
import { network, networkWithPrefixList } from './_network.ts';

const silent = { publicIp: null, hasIpv6: false, subnet: null, existing: null };
const version = (
  number: number,
  ...interfaces: Partial<typeof silent | { publicIp: boolean; subnet: string; hasIpv6: boolean; existing: string }>[]
) => ({
  number,
  httpTokens: null,
  httpEndpoint: null,
  image: 'ami-1',
  interfaces: interfaces.map((one) => ({ ...silent, ...one })),
});
const inUse = (launch: ReturnType<typeof version>, ...subnets: string[]) => ({
  ...launch,
  imdsSupport: null,
  groups: ['web'],
  subnets,
});
const template = {
  type: 'AWS::EC2::LaunchTemplate' as const,
  name: 'web',
  defaultVersion: version(1),
  latestVersion: version(1),
  scripts: [],
  inUse: [],
};
const script = { kind: 'empty' as const, matches: [] };
const configuration = {
  type: 'AWS::AutoScaling::LaunchConfiguration' as const,
  image: 'ami-1',
  httpTokens: null,
  httpEndpoint: null,
  script,
  inUse: ['web'],
};
const eni = (...publicIps: string[]) => ({
  id: 'eni-1',
  subnet: 'subnet-public',
  vpc: 'vpc-1',
  groups: [],
  ipv6Addresses: [],
  publicIps,
  denyAllIgwTraffic: null,
});
const withEni = (...publicIps: string[]) => ({ ...network, interfaces: [eni(...publicIps)] as never });

cases(noPublicIp, {
  pass: [
    { name: 'no interfaces: the subnet decides', resource: template },
    { name: 'an interface that leaves it to the subnet', resource: { ...template, defaultVersion: version(1, {}) } },
    { name: 'no address', resource: { ...template, defaultVersion: version(1, { publicIp: false }) } },
    {
      name: 'the latest version, which nobody launches',
      resource: { ...template, latestVersion: version(2, { publicIp: true }) },
    },
    {
      name: 'IPv6 in a private subnet',
      resource: { ...template, defaultVersion: version(1, { hasIpv6: true, subnet: 'subnet-private' }) },
      with: network,
    },
    {
      name: 'IPv6 in a subnet that whoever launches it names',
      resource: { ...template, defaultVersion: version(1, { hasIpv6: true }) },
      with: network,
    },
    {
      name: 'IPv6 where groups launch it in private subnets',
      resource: { ...template, inUse: [inUse(version(2, { hasIpv6: true }), 'subnet-private')] },
      with: network,
    },
    {
      name: 'an interface that exists, without public address',
      resource: { ...template, defaultVersion: version(1, { existing: 'eni-1' }) },
      with: withEni(),
    },
    {
      name: 'an interface that is gone',
      resource: { ...template, defaultVersion: version(1, { existing: 'eni-2' }) },
      with: withEni('198.51.100.1'),
    },
    {
      name: 'a launch configuration that leaves it to the subnet',
      resource: { ...configuration, publicIp: null },
      evidence: { publicIp: null },
    },
    { name: 'a launch configuration that says no', resource: { ...configuration, publicIp: false } },
  ],
  fail: [
    {
      name: 'the default version asks for an address',
      resource: { ...template, defaultVersion: version(1, { publicIp: true }) },
      message: 'version 1 asks',
      evidence: { launches: [{ version: 1, groups: [], interfaces: [{ ...silent, publicIp: true }] }] },
    },
    {
      name: 'a version that a group launches asks for an address on its second interface',
      resource: { ...template, inUse: [inUse(version(3, {}, { publicIp: true }))] },
      message: 'version 3 asks',
      evidence: { launches: [{ version: 3, groups: ['web'], interfaces: [{ ...silent, publicIp: true }] }] },
    },
    {
      name: 'the default version, which a group launches too, named once',
      resource: {
        ...template,
        defaultVersion: version(1, { publicIp: true }),
        inUse: [inUse(version(1, { publicIp: true }))],
      },
      message: /^version 1 asks/,
    },
    {
      name: 'IPv6 in a public subnet',
      resource: { ...template, defaultVersion: version(1, { hasIpv6: true, subnet: 'subnet-public' }) },
      with: network,
    },
    {
      name: 'IPv6 with a route by a prefix list that is the internet',
      resource: { ...template, defaultVersion: version(1, { hasIpv6: true, subnet: 'subnet-public' }) },
      with: networkWithPrefixList(['2000::/3']),
    },
    {
      name: 'IPv6 where a group launches it in a public subnet',
      resource: { ...template, inUse: [inUse(version(1, { hasIpv6: true }), 'subnet-private', 'subnet-public')] },
      with: network,
    },
    {
      name: 'an interface that exists, with an Elastic IP',
      resource: { ...template, defaultVersion: version(1, { existing: 'eni-1' }) },
      with: withEni('198.51.100.1'),
    },
    {
      name: 'what is known decides, whatever else is not',
      resource: {
        ...template,
        defaultVersion: version(1, { hasIpv6: true, subnet: 'subnet-of-others' }),
        inUse: [inUse(version(2, { publicIp: true }))],
      },
      with: network,
    },
    {
      name: 'a launch configuration',
      resource: { ...configuration, publicIp: true },
      evidence: { publicIp: true, groups: ['web'] },
    },
  ],
  unknown: [
    {
      name: 'IPv6 in a subnet that cannot be seen',
      resource: { ...template, defaultVersion: version(1, { hasIpv6: true, subnet: 'subnet-of-others' }) },
      with: network,
      message: 'subnet-of-others',
    },
  ],
});
