import cachesAndQueues from '../vpc/vpc-security-group-no-world-cache-and-queue-ports.ts';
import databases from '../vpc/vpc-security-group-no-world-database-ports.ts';
import fileSharing from '../vpc/vpc-security-group-no-world-file-sharing-ports.ts';
import highRisk from '../vpc/vpc-security-group-no-world-high-risk-ports.ts';
import rdp from '../vpc/vpc-security-group-no-world-rdp.ts';
import ssh from '../vpc/vpc-security-group-no-world-ssh.ts';
import { WORLD_LIMITS } from '../../lib/network/world.ts';

/** The ports that security groups must keep closed to the internet, whatever the check. */
const LISTS: readonly { readonly tcpPorts: readonly number[]; readonly udpPorts?: readonly number[] }[] = [
  ssh.params,
  rdp.params,
  databases.params,
  cachesAndQueues.params,
  fileSharing.params,
  highRisk.params,
];

export const SENSITIVE_PORTS = {
  tcpPorts: [...new Set(LISTS.flatMap(({ tcpPorts }) => tcpPorts))],
  udpPorts: [...new Set(LISTS.flatMap(({ udpPorts }) => udpPorts ?? []))],
  ...WORLD_LIMITS,
};

/** Where people log in: SSH, RDP and WinRM. */
export const ADMIN_TCP_PORTS = [22, 3389, 5985, 5986];
export const ADMIN_PORTS = { tcpPorts: ADMIN_TCP_PORTS, udpPorts: [] as readonly number[], ...WORLD_LIMITS };
