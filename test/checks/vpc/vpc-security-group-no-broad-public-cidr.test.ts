import broad from '../../../checks/vpc/vpc-security-group-no-broad-public-cidr.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, OTHER_ACCOUNT, prefixList, rule } from './_network.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const unused = { prefixLists: [], interfaces: [networkInterface({ groups: ['sg-2'] })] };
const from = (...cidrs: string[]) => group([rule({ cidrs })]);
const fromIpv6 = (...ipv6Cidrs: string[]) => group([rule({ ipv6Cidrs })]);
const listed = (...entries: string[]) => ({ ...inUse, prefixLists: [prefixList('pl-1', entries)] });
const withList = group([rule({ prefixLists: ['pl-1'] })]);

cases(broad, {
  pass: [
    { name: 'no rules', resource: group([]), with: inUse },
    { name: 'a /24', resource: from('18.1.1.0/24'), with: inUse },
    { name: 'a /48 of IPv6', resource: fromIpv6('2600:1f18:1::/48'), with: inUse },
    { name: 'one address', resource: from('18.1.1.1/32'), with: inUse },
    {
      name: 'what is not public: private, of carriers, link-local, documentation',
      resource: from(
        '10.0.0.0/8',
        '172.16.0.0/12',
        '192.168.0.0/16',
        '100.64.0.0/10',
        '169.254.0.0/16',
        '198.18.0.0/15',
      ),
      with: inUse,
    },
    { name: 'IPv6 that is not public', resource: fromIpv6('fc00::/7', 'fe80::/10', '2001:db8::/32'), with: inUse },
    { name: 'the world, which other checks judge', resource: from('0.0.0.0/0', '18.0.0.0/7'), with: inUse },
    { name: 'the world of IPv6', resource: fromIpv6('::/0', '2600::/31'), with: inUse },
    {
      name: 'what is the world for the other checks',
      resource: from('18.0.0.0/8'),
      with: inUse,
      params: { worldIpv4PrefixBelow: 9 },
    },
    { name: 'outbound', resource: group([], { egress: [rule({ cidrs: ['18.0.0.0/8'] })] }), with: inUse },
    {
      name: 'a trusted range',
      resource: from('104.16.0.0/13'),
      with: inUse,
      params: { trustedCidrs: ['104.16.0.0/13'] },
    },
    {
      name: 'a part of a trusted range',
      resource: from('104.16.0.0/14'),
      with: inUse,
      params: { trustedCidrs: ['2606:4700::/32', '104.16.0.0/13'] },
    },
    {
      name: 'a trusted range of IPv6',
      resource: fromIpv6('2606:4700::/32'),
      with: inUse,
      params: { trustedCidrs: ['104.16.0.0/13', '2606:4700::/32'] },
    },
    { name: 'a /23, where that is narrow', resource: from('18.1.0.0/23'), with: inUse, params: { maxIpv4Prefix: 23 } },
    {
      name: 'a /47, where that is narrow',
      resource: fromIpv6('2600:1f18::/47'),
      with: inUse,
      params: { maxIpv6Prefix: 47 },
    },
    { name: 'a prefix list of narrow ranges', resource: withList, with: listed('18.1.1.0/24', '2600:1f18:1::/48') },
    {
      name: 'other groups',
      resource: group([rule({ groups: ['sg-2'] })]),
      with: unused,
      params: { includeUnattached: false },
    },
  ],
  fail: [
    {
      name: 'a /23',
      resource: from('18.1.0.0/23'),
      with: inUse,
      severity: undefined,
      message: 'broad public ranges',
      evidence: { sources: ['18.1.0.0/23'] },
    },
    { name: 'a /8', resource: from('18.0.0.0/8'), with: inUse },
    {
      name: 'a /47 of IPv6',
      resource: fromIpv6('2600:1f18::/47'),
      with: inUse,
      evidence: { sources: ['2600:1f18::/47'] },
    },
    { name: 'a /32 of IPv6', resource: fromIpv6('2600::/32'), with: inUse },
    {
      name: 'for ICMP, too',
      resource: group([rule({ protocol: 'icmp', fromPort: -1, toPort: -1, cidrs: ['18.0.0.0/9'] })]),
      with: inUse,
    },
    { name: 'private and public addresses in one', resource: from('100.0.0.0/9'), with: inUse },
    {
      name: 'broad ranges of two rules beside narrow ones, each once',
      resource: group([
        rule({ cidrs: ['18.0.0.0/9', '18.1.1.0/24'] }),
        rule({ fromPort: 80, cidrs: ['18.0.0.0/9'], ipv6Cidrs: ['2600::/40'] }),
      ]),
      with: inUse,
      evidence: { sources: ['18.0.0.0/9', '2600::/40'] },
    },
    {
      name: 'beside the world',
      resource: from('0.0.0.0/0', '18.0.0.0/9'),
      with: inUse,
      evidence: { sources: ['18.0.0.0/9'] },
    },
    {
      name: 'an entry of a prefix list',
      resource: withList,
      with: listed('18.1.1.0/24', '18.0.0.0/9'),
      evidence: { sources: ['18.0.0.0/9'] },
    },
    {
      name: 'beside a prefix list that cannot be seen',
      resource: group([rule({ cidrs: ['18.0.0.0/9'], prefixLists: ['pl-of-others'] })]),
      with: inUse,
    },
    {
      name: 'a range of which a part is trusted',
      resource: from('104.16.0.0/12'),
      with: inUse,
      params: { trustedCidrs: ['104.16.0.0/13'] },
    },
    {
      name: 'what is not the world for the other checks',
      resource: from('18.0.0.0/7'),
      with: inUse,
      params: { worldIpv4PrefixBelow: 7 },
    },
    { name: 'a /24, where narrow is a /25', resource: from('18.1.1.0/24'), with: inUse, params: { maxIpv4Prefix: 25 } },
    {
      name: 'no interface uses the group',
      resource: from('18.0.0.0/9'),
      with: unused,
      severity: 'low',
      message: 'no network interface uses the group',
    },
    {
      name: 'in use, and unused ones are left out',
      resource: from('18.0.0.0/9'),
      with: inUse,
      params: { includeUnattached: false },
    },
  ],
  skip: [
    {
      name: 'a group of another account',
      resource: group([rule({ cidrs: ['18.0.0.0/9'] })], { owner: OTHER_ACCOUNT }),
      with: inUse,
    },
    {
      name: 'nothing uses it, and unused ones are left out',
      resource: from('18.0.0.0/9'),
      with: unused,
      params: { includeUnattached: false },
    },
  ],
  unknown: [{ name: 'a prefix list that cannot be seen', resource: withList, with: inUse, message: 'pl-1' }],
});
