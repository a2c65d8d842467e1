import { expect, it } from 'vitest';
import highRisk from '../../../checks/vpc/vpc-security-group-no-world-high-risk-ports.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';
import { GAP, group, networkInterface, routeTable, rule, subnet, TO_INTERNET } from './_network.ts';
import { portRows, worldRows } from './_world-rows.ts';

const exposed = {
  prefixLists: [],
  interfaces: [networkInterface()],
  subnets: [subnet()],
  routeTables: [routeTable([TO_INTERNET])],
};
const { pass, fail, skip, unknown } = worldRows('tcp', 3000, 'medium');
const world = (port: number, to = port) => group([rule({ fromPort: port, toPort: to, cidrs: ['0.0.0.0/0'] })]);

cases(highRisk, {
  pass: [
    ...pass,
    {
      name: 'UDP on a port that is tested over TCP only',
      resource: group([rule({ protocol: 'udp', fromPort: 2375, toPort: 2375, cidrs: ['0.0.0.0/0'] })]),
      with: exposed,
    },
    {
      name: 'a code port of a group in use, open to a private network',
      resource: group([rule({ fromPort: 2375, toPort: 2375, cidrs: ['10.0.0.0/8'] })]),
      with: exposed,
    },
  ],
  fail: [
    ...fail,
    ...portRows([
      ['Telnet', 'tcp', 23],
      ['SMTP', 'tcp', 25],
      ['Kerberos', 'tcp', 88],
      ['POP3', 'tcp', 110],
      ['RPC', 'tcp', 135],
      ['IMAP', 'tcp', 143],
      ['SNMP', 'tcp', 161],
      ['SNMP', 'udp', 161],
      ['LDAP', 'tcp', 389],
      ['LDAP', 'udp', 389],
      ['Kerberos passwords', 'tcp', 464],
      ['LDAP over TLS', 'tcp', 636],
      ['Kerberos administration', 'tcp', 749],
      ['Kerberos', 'tcp', 750],
      ['rexec', 'tcp', 512],
      ['rlogin', 'tcp', 513],
      ['rsh', 'tcp', 514],
      ['syslog', 'udp', 514],
      ['DNS, with which others are flooded', 'udp', 53],
      ['NTP, with which others are flooded', 'udp', 123],
      ['Docker', 'tcp', 2375],
      ['Docker over TLS', 'tcp', 2376],
      ['Docker Swarm', 'tcp', 2377],
      ['etcd', 'tcp', 2379],
      ['etcd peers', 'tcp', 2380],
      ['mSQL', 'tcp', 4333],
      ['Salt', 'tcp', 4505],
      ['Salt', 'tcp', 4506],
      ['Flask', 'tcp', 5000],
      ['VNC listener', 'tcp', 5500],
      ['VNC over HTTP', 'tcp', 5800],
      ['VNC', 'tcp', 5900],
      ['VNC', 'tcp', 5901],
      ['VNC', 'tcp', 5902],
      ['VNC', 'tcp', 5903],
      ['WinRM', 'tcp', 5985],
      ['WinRM over TLS', 'tcp', 5986],
      ['Kubernetes', 'tcp', 6443],
      ['HDFS', 'tcp', 8020],
      ['HTTP of development', 'tcp', 8080],
      ['YARN', 'tcp', 8088],
      ['Puppet', 'tcp', 8140],
      ['Jupyter', 'tcp', 8888],
      ['PHP-FPM', 'tcp', 9000],
      ['kubelet', 'tcp', 10250],
      ['kubelet, read-only', 'tcp', 10255],
      ['HDFS console', 'tcp', 50070],
    ]),
    ...[2375, 2376, 2379, 2380, 5985, 5986, 10250, 10255].map((port) => ({
      name: `code on ${port} of a public host`,
      resource: world(port),
      with: exposed,
      severity: 'critical' as const,
      message: 'a public host runs code there',
      evidence: { open: [`tcp ${port}`], sources: ['0.0.0.0/0'] },
    })),
    ...[2374, 2377, 2378, 2381, 5984, 5987, 10249, 10251, 10254, 10256].map((port) => ({
      name: `${port} of a public host runs no code that we know of`,
      resource: world(port),
      with: exposed,
      params: { tcpPorts: [port] },
      severity: undefined,
    })),
    {
      name: 'code on a host in a private subnet',
      resource: world(2375),
      with: { ...exposed, routeTables: [routeTable([])] },
      severity: undefined,
    },
    {
      name: 'code, but the port is not tested',
      resource: world(2375, 2377),
      with: exposed,
      params: { tcpPorts: [2377] },
      severity: undefined,
    },
    {
      name: 'UDP only, on a public host',
      resource: group([rule({ protocol: 'udp', fromPort: 53, toPort: 53, cidrs: ['0.0.0.0/0'] })]),
      with: exposed,
      severity: undefined,
    },
    {
      name: 'code in a group that nothing uses',
      resource: world(2375),
      with: { ...exposed, interfaces: [] },
      severity: 'medium',
    },
    {
      name: 'code for a prefix list that cannot be seen, beside another port',
      resource: group([
        rule({ fromPort: 2375, toPort: 2375, prefixLists: ['pl-of-others'] }),
        rule({ fromPort: 3000, toPort: 3000, cidrs: ['0.0.0.0/0'] }),
      ]),
      with: exposed,
      severity: undefined,
      message: /^the internet reaches high-risk ports$/,
    },
  ],
  skip,
  unknown,
});

it('keeps its severity where it is not known how network interfaces use the group', () => {
  const denied = table<never>([], GAP);
  const places = { prefixLists: denied, interfaces: denied, subnets: denied, routeTables: denied };
  const verdict = highRisk.evaluate(world(2375), { now: NOW, params: highRisk.params, variant: '', ...places });
  expect(verdict).toMatchObject({ status: 'FAIL', message: expect.stringContaining('is not known') });
  expect(verdict.severity).toBeUndefined();
});
