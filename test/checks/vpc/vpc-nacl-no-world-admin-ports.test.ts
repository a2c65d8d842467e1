import nacl from '../../../checks/vpc/vpc-nacl-no-world-admin-ports.ts';
import type { NetworkAclEntry } from '../../../lib/network/model.ts';
import { cases } from '../../support/cases.ts';
import { ACCOUNT, entry, OTHER_ACCOUNT } from './_network.ts';

// AWS ends every ACL with these; their numbers are shown as * in the console.
const LAST: readonly NetworkAclEntry[] = [
  entry({ ruleNumber: 32_767, action: 'deny', protocol: '-1', fromPort: null, toPort: null }),
  entry({
    ruleNumber: 32_768,
    action: 'deny',
    protocol: '-1',
    fromPort: null,
    toPort: null,
    cidr: null,
    ipv6Cidr: '::/0',
  }),
];
const everything = entry({ protocol: '-1', fromPort: null, toPort: null });
const acl = (...entries: NetworkAclEntry[]) => ({
  owner: ACCOUNT,
  vpc: 'vpc-1',
  isDefault: false,
  subnets: ['subnet-1'],
  entries: [...entries, ...LAST],
});

cases(nacl, {
  pass: [
    { name: 'nothing but the denies of AWS', resource: acl(), message: 'ports 22, 3389' },
    { name: 'a private network', resource: acl(entry({ cidr: '10.0.0.0/8' })) },
    { name: 'one public network', resource: acl(entry({ cidr: '18.1.0.0/16' })) },
    { name: 'outbound', resource: acl({ ...everything, egress: true }) },
    { name: 'other ports', resource: acl(entry({ fromPort: 23, toPort: 3388 }), entry({ fromPort: 1, toPort: 21 })) },
    { name: 'ICMP, which has no ports', resource: acl(entry({ protocol: '1', fromPort: null, toPort: null })) },
    {
      name: 'denied before it is allowed',
      resource: acl(
        everything,
        entry({ ruleNumber: 90, action: 'deny', protocol: '-1', fromPort: null, toPort: null }),
      ),
    },
    {
      name: 'both ports denied over TCP and UDP before all is allowed',
      resource: acl(
        ...[22, 3389].flatMap((port, index) =>
          ['6', '17'].map((protocol, other) =>
            entry({ ruleNumber: 10 + 2 * index + other, action: 'deny', protocol, fromPort: port, toPort: port }),
          ),
        ),
        everything,
      ),
    },
    {
      name: 'denied in halves before it is allowed',
      resource: acl(
        entry({ ruleNumber: 10, action: 'deny', cidr: '0.0.0.0/1' }),
        entry({ ruleNumber: 11, action: 'deny', cidr: '128.0.0.0/1' }),
        entry(),
      ),
    },
    { name: 'the port is not among those of the params', resource: acl(entry()), params: { ports: [3389] } },
  ],
  fail: [
    {
      name: 'a default ACL, which lets everything in',
      resource: { ...acl(everything), isDefault: true },
      severity: undefined,
      evidence: {
        entries: [{ ruleNumber: 100, cidr: '0.0.0.0/0', ports: ['tcp 22', 'udp 22', 'tcp 3389', 'udp 3389'] }],
      },
    },
    {
      name: 'SSH',
      resource: acl(entry()),
      evidence: { entries: [{ ruleNumber: 100, cidr: '0.0.0.0/0', ports: ['tcp 22'] }] },
    },
    {
      name: 'RDP over UDP',
      resource: acl(entry({ protocol: '17', fromPort: 3389, toPort: 3389 })),
      evidence: { entries: [{ ruleNumber: 100, cidr: '0.0.0.0/0', ports: ['udp 3389'] }] },
    },
    {
      name: 'over IPv6 alone',
      resource: acl(entry({ cidr: null, ipv6Cidr: '::/0' })),
      evidence: { entries: [{ ruleNumber: 100, cidr: '::/0', ports: ['tcp 22'] }] },
    },
    { name: 'a range that contains the port', resource: acl(entry({ fromPort: 20, toPort: 25 })) },
    { name: 'half of the internet', resource: acl(entry({ cidr: '128.0.0.0/1' })) },
    {
      name: 'denied after it is allowed, however the entries are ordered',
      resource: acl(entry({ ruleNumber: 110, action: 'deny' }), entry()),
    },
    {
      name: 'denied for one network only',
      resource: acl(entry({ ruleNumber: 90, action: 'deny', cidr: '18.1.0.0/16' }), entry()),
    },
    {
      name: 'denied for IPv4, allowed for IPv6',
      resource: acl(
        entry({ ruleNumber: 90, action: 'deny', protocol: '-1', fromPort: null, toPort: null }),
        everything,
        entry({ ruleNumber: 101, protocol: '-1', fromPort: null, toPort: null, cidr: null, ipv6Cidr: '::/0' }),
      ),
    },
    {
      name: 'SSH is denied over TCP, the rest is allowed',
      resource: acl(entry({ ruleNumber: 90, action: 'deny' }), everything),
      evidence: { entries: [{ ruleNumber: 100, cidr: '0.0.0.0/0', ports: ['udp 22', 'tcp 3389', 'udp 3389'] }] },
    },
    {
      name: 'the default ACL of a VPC without subnets',
      resource: { ...acl(everything), isDefault: true, subnets: [] },
      severity: 'low',
    },
    {
      name: 'another port of the params',
      resource: acl(entry({ fromPort: 5985, toPort: 5985 })),
      params: { ports: [5985] },
    },
  ],
  skip: [
    { name: 'the ACL of a shared VPC', resource: { ...acl(everything), owner: OTHER_ACCOUNT } },
    {
      name: 'an ACL of the account that no subnet uses filters nothing',
      resource: { ...acl(everything), subnets: [] },
    },
  ],
});
