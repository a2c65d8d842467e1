import type { Table, View } from '../../lib/core/model.ts';
import type { Transport } from '../../lib/network/model.ts';

/** Evidence too. */
export type Ports = Readonly<Record<Transport, readonly number[]>>;
export interface Balancers {
  readonly balancers: Table<View<'AWS::ElasticLoadBalancingV2::LoadBalancer', 'listeners'>>;
  readonly classicBalancers: Table<View<'AWS::ElasticLoadBalancing::LoadBalancer'>>;
}

const CARRIED_BY: Readonly<Record<string, readonly Transport[]>> = {
  HTTP: ['tcp'],
  HTTPS: ['tcp'],
  TCP: ['tcp'],
  SSL: ['tcp'],
  TLS: ['tcp'],
  UDP: ['udp'],
  QUIC: ['udp'],
  TCP_UDP: ['tcp', 'udp'],
  TCP_QUIC: ['tcp', 'udp'],
};

/** The ports on which the load balancers of a group listen. */
export function listenerPorts(group: string, { balancers, classicBalancers }: Balancers): Ports {
  const owners = [...balancers.having('groups', group).all(), ...classicBalancers.having('groups', group).all()];
  const listeners = owners.flatMap((balancer) => balancer.listeners);
  const over = (transport: Transport) =>
    listeners.filter(({ protocol }) => CARRIED_BY[protocol]?.includes(transport)).map(({ port }) => port);
  return { tcp: over('tcp'), udp: over('udp') };
}
