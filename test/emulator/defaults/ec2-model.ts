import type {
  ClientVpnEndpoint,
  Ec2InstanceConnectEndpoint,
  FlowLog,
  Image,
  Instance,
  InstanceMetadataDefaultsResponse,
  LaunchTemplateVersion,
  ManagedPrefixList,
  NetworkInterface,
  PrefixListEntry,
  Snapshot,
  TransitGatewayVpcAttachment,
  Volume,
  VpcBlockPublicAccessExclusion,
  VpcBlockPublicAccessOptions,
  VpcEndpoint,
  VpcPeeringConnection,
  VpnConnection,
  VpnGateway,
} from '@aws-sdk/client-ec2';
import type { Described } from './common.ts';
import type { Network } from './vpc.ts';

/** What EC2 holds in a Region. */
export interface Ec2 extends Network {
  NetworkInterfaces: Described<NetworkInterface>[];
  FlowLogs: Described<FlowLog>[];
  Volumes: Described<Volume>[];
  /** Public: everybody may restore it (createVolumePermission `all`). */
  Snapshots: (Described<Snapshot> & { Public?: boolean })[];
  /** UserData is plain text here, UserDataBase64 anything else. */
  Instances: (Described<Instance> & { UserData?: string; UserDataBase64?: string })[];
  LaunchTemplateVersions: Described<LaunchTemplateVersion>[];
  Images: Described<Image>[];
  ManagedPrefixLists: (Described<ManagedPrefixList> & { Entries?: Described<PrefixListEntry>[] })[];
  VpcPeeringConnections: Described<VpcPeeringConnection>[];
  VpcEndpoints: Described<VpcEndpoint>[];
  VpcBlockPublicAccess: Described<VpcBlockPublicAccessOptions>;
  VpcBlockPublicAccessExclusions: Described<VpcBlockPublicAccessExclusion>[];
  InstanceConnectEndpoints: Described<Ec2InstanceConnectEndpoint>[];
  VpnGateways: Described<VpnGateway>[];
  VpnConnections: Described<VpnConnection>[];
  ClientVpnEndpoints: Described<ClientVpnEndpoint>[];
  TransitGatewayVpcAttachments: Described<TransitGatewayVpcAttachment>[];
  EbsEncryptionByDefault: boolean;
  ImageBlockPublicAccess: 'block-new-sharing' | 'unblocked';
  SnapshotBlockPublicAccess: 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
  InstanceMetadataDefaults: Described<InstanceMetadataDefaultsResponse>;
}

/** Looks up security groups as instances and interfaces name them, id and name. */
export function groupNamer({ SecurityGroups }: Pick<Ec2, 'SecurityGroups'>) {
  const names = new Map(SecurityGroups.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
  return (ids: readonly (string | undefined)[]) => ids.map((GroupId) => ({ GroupId, GroupName: names.get(GroupId) }));
}
