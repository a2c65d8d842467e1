import type { Table, View } from '../../lib/core/model.ts';

/** What comes before the label of an AWS service in the names of its endpoints; the second in China, for services of there. */
const PREFIXES = ['com.amazonaws', 'cn.com.amazonaws'];

/** The label ('s3', 'ecr.api') of an AWS service by the name that its endpoints have in the region; undefined for other names. */
export function endpointLabel(name: string, region: string): string | undefined {
  const prefix = PREFIXES.map((start) => `${start}.${region}.`).find((start) => name.startsWith(start));
  return prefix && name.slice(prefix.length);
}

type Endpoints = Table<View<'AWS::EC2::VPCEndpoint'>>;

/** Does traffic of the VPC reach the service through an endpoint, its own or one of the central VPCs? */
export function hasEndpoint(
  label: string,
  vpc: { readonly id: string; readonly region: string },
  central: readonly string[],
  endpoints: Endpoints,
): boolean {
  const isFor = (endpoint: View<'AWS::EC2::VPCEndpoint'>) =>
    endpointLabel(endpoint.service, vpc.region) === label && isWorking(endpoint);
  if (endpoints.having('vpc', vpc.id).some(isFor)) return true;
  // A gateway endpoint serves its own VPC alone.
  return central.some((id) => endpoints.having('vpc', id).some((one) => one.kind === 'Interface' && isFor(one)));
}

/** A gateway endpoint works through the route tables that it is associated with. */
function isWorking({ state, kind, routeTables }: View<'AWS::EC2::VPCEndpoint'>): boolean {
  return state === 'available' && (kind !== 'Gateway' || routeTables.length > 0);
}
