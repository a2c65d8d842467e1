import type {
  VpcBlockPublicAccessExclusion,
  VpcBlockPublicAccessOptions,
  VpcEndpoint,
  VpcPeeringConnection,
} from '@aws-sdk/client-ec2';
import { hexId, LONG_AGO, type Described, type Place } from './common.ts';
import type { Ec2 } from './ec2-model.ts';

export function peeringOf(described: Described<VpcPeeringConnection>): Described<VpcPeeringConnection> {
  return { Status: { Code: 'active', Message: 'Active' }, Tags: [], ...described };
}

/** The API writes states in small letters, unlike its model. */
const AVAILABLE = 'available' as 'Available';

export function endpointOf(described: Described<VpcEndpoint>, { account }: Place): Described<VpcEndpoint> {
  return {
    VpcEndpointType: 'Gateway',
    State: AVAILABLE,
    RouteTableIds: [],
    SubnetIds: [],
    Groups: [],
    PrivateDnsEnabled: false,
    RequesterManaged: false,
    NetworkInterfaceIds: [],
    DnsEntries: [],
    CreationTimestamp: LONG_AGO,
    Tags: [],
    OwnerId: account,
    ...described,
  };
}

export function blockOf(
  described: Described<VpcBlockPublicAccessOptions> | undefined,
  { account, region }: Place,
): Described<VpcBlockPublicAccessOptions> {
  const place = { AwsAccountId: account, AwsRegion: region };
  const byDefault = { State: 'default-state' as const, InternetGatewayBlockMode: 'off' as const };
  const set = { State: 'update-complete' as const, LastUpdateTimestamp: LONG_AGO };
  const common = { ManagedBy: 'account' as const, ExclusionsAllowed: 'allowed' as const };
  return { ...place, ...common, ...(described ? { ...set, ...described } : byDefault) };
}

export function exclusionOf(
  described: Described<VpcBlockPublicAccessExclusion>,
): Described<VpcBlockPublicAccessExclusion> {
  return {
    ExclusionId: hexId('vpcbpa-exclude', described.ResourceArn ?? ''),
    State: 'create-complete',
    CreationTimestamp: LONG_AGO,
    Tags: [],
    ...described,
  };
}

/** Tells each subnet how it is blocked, exclusions of it and its VPC applied. Changes what it is given. */
export function blockSubnets(ec2: Ec2): void {
  const mode = ec2.VpcBlockPublicAccess.InternetGatewayBlockMode ?? 'off';
  for (const subnet of ec2.Subnets) {
    const excluded = ec2.VpcBlockPublicAccessExclusions.find(
      ({ ResourceArn }) => ResourceArn?.endsWith(`/${subnet.SubnetId}`) || ResourceArn?.endsWith(`/${subnet.VpcId}`),
    );
    const isLetIn = excluded?.InternetGatewayExclusionMode === 'allow-bidirectional';
    const effective = excluded ? (isLetIn || mode === 'off' ? 'off' : 'block-ingress') : mode;
    subnet.BlockPublicAccessStates ??= { InternetGatewayBlockMode: effective };
  }
}
