import type { Severity } from '../../../lib/core/model.ts';
import type { Rule } from '../../../lib/network/model.ts';
import { group, networkInterface, OTHER_ACCOUNT, prefixList, rule } from './_network.ts';

const CLOSED = { prefixLists: [], interfaces: [networkInterface()] };

/** Distinct /8 networks, from 11.0.0.0 on. */
function eights(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index + 11}.0.0.0/8`);
}

/** The rows that each check of a port has: what counts as the world, as the port, and as a group in use. */
export function worldRows(transport: 'tcp' | 'udp', port: number, unattached: Severity) {
  const number = transport === 'tcp' ? '6' : '17';
  const to = (change: Partial<Rule>) => rule({ protocol: transport, fromPort: port, toPort: port, ...change });
  const world = to({ cidrs: ['0.0.0.0/0'] });
  const at = `${transport} ${port}`;
  const inUse = (name: string, ...ingress: Rule[]) => ({
    name: `${at}: ${name}`,
    resource: group(ingress),
    with: CLOSED,
  });
  const listed = (name: string, entries: string[], owner?: string) => ({
    name: `${at}: ${name}`,
    resource: group([to({ prefixLists: ['pl-1'] })]),
    with: { ...CLOSED, prefixLists: [prefixList('pl-1', entries, owner)] },
  });
  const unused = { prefixLists: [], interfaces: [networkInterface({ groups: ['sg-2'] })] };
  return {
    pass: [
      inUse('no rules'),
      inUse('other groups only', to({ groups: ['sg-2'] })),
      inUse('private CIDRs', to({ cidrs: ['10.0.0.0/8', '172.16.0.0/12'], ipv6Cidrs: ['fc00::/7'] })),
      inUse('a public network, but not the world', to({ cidrs: ['18.0.0.0/8'], ipv6Cidrs: ['2600::/32'] })),
      inUse('many networks that are less than half of the internet', to({ cidrs: eights(100) })),
      inUse('a range that ends just below', to({ fromPort: port - 2, toPort: port - 1, cidrs: ['0.0.0.0/0'] })),
      inUse('a range that begins just above', to({ fromPort: port + 1, toPort: port + 2, cidrs: ['0.0.0.0/0'] })),
      // FromPort is the type and ToPort the code.
      inUse('ICMP', rule({ protocol: 'icmp', fromPort: port, toPort: port, cidrs: ['0.0.0.0/0'] })),
      inUse('ICMP for IPv6', rule({ protocol: '58', fromPort: -1, toPort: -1, ipv6Cidrs: ['::/0'] })),
      inUse('a protocol without ports', rule({ protocol: '50', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] })),
      listed('a narrow prefix list', ['18.184.0.0/16', '2600:1f00::/40']),
      // The collector leaves the entries of AWS's own lists unread; Instance Connect is one of them.
      listed('a prefix list of AWS only', [], 'AWS'),
      {
        name: `${at}: closed, and unused groups are left out`,
        resource: group([to({ cidrs: ['10.0.0.0/8'] })]),
        with: unused,
        params: { includeUnattached: false },
      },
      {
        ...inUse('half of IPv4, where that is not the world', to({ cidrs: eights(112) })),
        params: { worldCoverageRatio: 0.6 },
      },
      {
        ...inUse(
          'a /7 and a /31, where those are not the world',
          to({ cidrs: ['18.0.0.0/7'], ipv6Cidrs: ['2600::/31'] }),
        ),
        params: { worldIpv4PrefixBelow: 7, worldIpv6PrefixBelow: 31 },
      },
    ],
    fail: [
      { ...inUse('all of IPv4', world), severity: undefined, evidence: { open: [at], sources: ['0.0.0.0/0'] } },
      { ...inUse('IPv6 alone', to({ ipv6Cidrs: ['::/0'] })), evidence: { open: [at], sources: ['::/0'] } },
      inUse('a range that ends at the port', to({ fromPort: port - 1, cidrs: ['0.0.0.0/0'] })),
      inUse('a range that begins at the port', to({ toPort: port + 1, cidrs: ['0.0.0.0/0'] })),
      inUse('the protocol by its number', to({ protocol: number, cidrs: ['0.0.0.0/0'] })),
      inUse('bounds of -1', to({ fromPort: -1, toPort: -1, cidrs: ['0.0.0.0/0'] })),
      {
        ...inUse('one world CIDR among narrow ones', to({ cidrs: ['18.1.0.0/16', '0.0.0.0/0', '18.2.0.0/16'] })),
        evidence: { open: [at], sources: ['0.0.0.0/0'] },
      },
      inUse('the world after a closed rule', to({ cidrs: ['10.0.0.0/8'] }), world),
      inUse('a /7', to({ cidrs: ['18.0.0.0/7'] })),
      inUse('a /31 of IPv6', to({ ipv6Cidrs: ['2600::/31'] })),
      inUse('all of global unicast', to({ ipv6Cidrs: ['2000::/3'] })),
      inUse('halves in two rules', to({ cidrs: ['0.0.0.0/1'] }), to({ cidrs: ['128.0.0.0/1'] })),
      inUse('many networks that are half of the internet', to({ cidrs: eights(112) })),
      listed('a prefix list with the world', ['18.1.0.0/16', '0.0.0.0/0']),
      listed('a prefix list with all of IPv6', ['::/0']),
      {
        name: `${at}: the world beside a prefix list that cannot be seen`,
        resource: group([to({ prefixLists: ['pl-of-others'] }), world]),
        with: CLOSED,
      },
      {
        ...inUse('a /8, where that is the world', to({ cidrs: ['18.0.0.0/8'] })),
        params: { worldIpv4PrefixBelow: 9 },
      },
      {
        ...inUse('a /32, where that is the world', to({ ipv6Cidrs: ['2600::/32'] })),
        params: { worldIpv6PrefixBelow: 33 },
      },
      {
        name: `${at}: no interface uses the group`,
        resource: group([world]),
        with: unused,
        severity: unattached,
        message: 'no network interface uses the group',
      },
      {
        ...inUse('an interface uses the group, and unused ones are left out', world),
        params: { includeUnattached: false },
      },
    ],
    skip: [
      {
        name: `${at}: a group of another account in a shared VPC`,
        resource: group([world], { owner: OTHER_ACCOUNT }),
        with: CLOSED,
      },
      {
        name: `${at}: no interface uses the group, and unused ones are left out`,
        resource: group([world]),
        with: unused,
        params: { includeUnattached: false },
      },
    ],
    unknown: [
      {
        name: `${at}: a prefix list that is not among those of the account`,
        resource: group([to({ prefixLists: ['pl-of-others'] })]),
        with: { ...CLOSED, prefixLists: [prefixList('pl-1', ['0.0.0.0/0'])] },
        message: 'prefix list pl-of-others',
      },
    ],
  };
}

/** A row for each port that a check tests, so that losing one fails a row. */
export function portRows(products: readonly (readonly [name: string, transport: 'tcp' | 'udp', port: number])[]) {
  return products.map(([name, transport, port]) => ({
    name: `${name} (${transport} ${port})`,
    resource: group([rule({ protocol: transport, fromPort: port, toPort: port, cidrs: ['0.0.0.0/0'] })]),
    with: CLOSED,
    severity: undefined,
    evidence: { open: [`${transport} ${port}`], sources: ['0.0.0.0/0'] },
  }));
}
