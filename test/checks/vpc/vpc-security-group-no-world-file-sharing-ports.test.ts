import fileSharing from '../../../checks/vpc/vpc-security-group-no-world-file-sharing-ports.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, rule } from './_network.ts';
import { portRows, worldRows } from './_world-rows.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const { pass, fail, skip, unknown } = worldRows('tcp', 873, 'medium');

cases(fileSharing, {
  pass: [
    ...pass,
    {
      name: 'UDP on ports that are tested over TCP only',
      resource: group([rule({ protocol: 'udp', fromPort: 139, toPort: 873, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
    },
    {
      name: 'data ports of passive FTP, which only the server knows',
      resource: group([rule({ fromPort: 32_768, toPort: 61_000, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
    },
  ],
  fail: [
    ...fail,
    ...portRows([
      ['FTP data', 'tcp', 20],
      ['FTP', 'tcp', 21],
      ['TFTP', 'tcp', 69],
      ['TFTP', 'udp', 69],
      ['portmapper', 'tcp', 111],
      ['portmapper', 'udp', 111],
      ['NetBIOS names', 'tcp', 137],
      ['NetBIOS names', 'udp', 137],
      ['NetBIOS datagrams', 'tcp', 138],
      ['NetBIOS datagrams', 'udp', 138],
      ['NetBIOS sessions', 'tcp', 139],
      ['CIFS', 'tcp', 445],
      ['NFS', 'tcp', 2049],
      ['NFS', 'udp', 2049],
    ]),
    {
      name: 'a range that holds both ports of CIFS',
      resource: group([rule({ fromPort: 139, toPort: 445, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      message: 'the internet reaches file sharing',
      evidence: { open: ['tcp 139', 'tcp 445'], sources: ['0.0.0.0/0'] },
    },
  ],
  skip,
  unknown,
});
