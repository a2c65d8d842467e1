import ssh from '../../../checks/vpc/vpc-security-group-no-world-ssh.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, rule } from './_network.ts';
import { worldRows } from './_world-rows.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const { pass, fail, skip, unknown } = worldRows('tcp', 22, 'medium');

cases(ssh, {
  pass: [
    ...pass,
    { name: 'UDP', resource: group([rule({ protocol: 'udp', cidrs: ['0.0.0.0/0'] })]), with: inUse },
    { name: 'UDP by its number', resource: group([rule({ protocol: '17', cidrs: ['0.0.0.0/0'] })]), with: inUse },
    {
      name: 'another port is asked about',
      resource: group([rule({ cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      params: { tcpPorts: [2222] },
    },
  ],
  fail: [
    ...fail,
    {
      name: 'every protocol: AWS then gives no ports',
      resource: group([rule({ protocol: '-1', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      evidence: { open: ['tcp 22'], sources: ['0.0.0.0/0'] },
    },
    {
      name: 'the whole of low ports',
      resource: group([rule({ fromPort: 0, toPort: 1024, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      message: 'the internet reaches SSH',
    },
    {
      name: 'of two ports, the one that is open is named',
      resource: group([rule({ fromPort: 2222, toPort: 2222, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      params: { tcpPorts: [22, 2222] },
      evidence: { open: ['tcp 2222'], sources: ['0.0.0.0/0'] },
    },
    {
      name: 'one port is open, the other open to a prefix list that cannot be seen',
      resource: group([
        rule({ prefixLists: ['pl-of-others'] }),
        rule({ fromPort: 2222, toPort: 2222, cidrs: ['0.0.0.0/0'] }),
      ]),
      with: inUse,
      params: { tcpPorts: [22, 2222] },
      evidence: { open: ['tcp 2222'], sources: ['0.0.0.0/0'] },
    },
  ],
  skip,
  unknown,
});
