import rdp from '../../../checks/vpc/vpc-security-group-no-world-rdp.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, rule } from './_network.ts';
import { worldRows } from './_world-rows.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const tcp = worldRows('tcp', 3389, 'medium');
const udp = worldRows('udp', 3389, 'medium');
const allPorts = rule({ protocol: '-1', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] });

cases(rdp, {
  pass: [
    ...tcp.pass,
    ...udp.pass.filter(({ resource }) => resource.ingress.some(({ protocol }) => protocol === 'udp')),
  ],
  fail: [
    ...tcp.fail,
    ...udp.fail,
    {
      name: 'every protocol: AWS then gives no ports',
      resource: group([allPorts]),
      with: inUse,
      message: 'the internet reaches RDP',
      evidence: { open: ['tcp 3389', 'udp 3389'], sources: ['0.0.0.0/0'] },
    },
  ],
  skip: [...tcp.skip, ...udp.skip],
  unknown: [...tcp.unknown, ...udp.unknown],
});
