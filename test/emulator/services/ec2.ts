import type {
  DescribeImagesRequest,
  DescribeImagesResult,
  DescribeInstanceAttributeRequest,
  DescribeInstancesRequest,
  DescribeInstancesResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  DescribeRegionsRequest,
  DescribeRegionsResult,
  DescribeSnapshotsRequest,
  DescribeSnapshotsResult,
  DescribeVolumesRequest,
  DescribeVolumesResult,
  GetEbsEncryptionByDefaultResult,
  GetImageBlockPublicAccessStateResult,
  GetInstanceMetadataDefaultsResult,
  GetSnapshotBlockPublicAccessStateResult,
  Image,
  InstanceAttribute,
} from '@aws-sdk/client-ec2';
import { hexId, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { DEFAULT_REGIONS, OPT_IN_REGIONS } from '../regions.ts';
import type { Context } from './context.ts';
import { access } from './ec2-access.ts';
import { byId, pageOf, rules } from './ec2-pages.ts';
import { filtered } from './filters.ts';
import { vpc } from './vpc.ts';

export const ec2 = {
  ...vpc,
  ...access,

  DescribeRegions(input: DescribeRegionsRequest, { account }: Context): Described<DescribeRegionsResult> {
    const known = [...DEFAULT_REGIONS, ...OPT_IN_REGIONS].map((RegionName) => ({
      RegionName,
      Endpoint: `ec2.${RegionName}.amazonaws.com`,
      OptInStatus: DEFAULT_REGIONS.includes(RegionName)
        ? 'opt-in-not-required'
        : account.regions.has(RegionName)
          ? 'opted-in'
          : 'not-opted-in',
    }));
    const named = input.RegionNames?.length
      ? known.filter(({ RegionName }) => input.RegionNames!.includes(RegionName))
      : known;
    const Regions = input.AllRegions ? named : named.filter(({ RegionName }) => account.regions.has(RegionName));
    return {
      Regions: [
        ...filtered(Regions as ((typeof Regions)[number] & { Tags?: [] })[], input.Filters, {
          'region-name': (region) => region.RegionName,
          'opt-in-status': (region) => region.OptInStatus,
          endpoint: (region) => region.Endpoint,
        }),
      ],
    };
  },

  DescribeInstances(input: DescribeInstancesRequest, context: Context): Described<DescribeInstancesResult> {
    const missing = { code: 'InvalidInstanceID.NotFound', what: 'instance ID', set: 'instancesSet' };
    const named = byId(context.here.ec2.Instances, input.InstanceIds, ({ InstanceId }) => InstanceId, input, missing);
    const instances = filtered(named, input.Filters, {
      'instance-id': (one) => one.InstanceId,
      'instance-state-name': (one) => one.State?.Name,
      'instance-type': (one) => one.InstanceType,
      'availability-zone': (one) => one.Placement?.AvailabilityZone,
      'vpc-id': (one) => one.VpcId,
      'subnet-id': (one) => one.SubnetId,
      'image-id': (one) => one.ImageId,
      'instance.group-id': (one) => one.SecurityGroups?.map(({ GroupId }) => GroupId),
      'metadata-options.http-tokens': (one) => one.MetadataOptions?.HttpTokens,
    });
    const { found, more } = pageOf(instances, input, context);
    const OwnerId = context.account.id;
    const Reservations = found.map(({ UserData: _text, UserDataBase64: _bytes, ...instance }) => ({
      ReservationId: hexId('r', instance.InstanceId!),
      OwnerId,
      Groups: [],
      Instances: [instance],
    }));
    return { Reservations, ...more };
  },

  DescribeInstanceAttribute(input: DescribeInstanceAttributeRequest, { here }: Context): Described<InstanceAttribute> {
    const { InstanceId } = input;
    const instance = here.ec2.Instances.find((one) => one.InstanceId === InstanceId);
    if (!instance)
      throw new AwsError(400, 'InvalidInstanceID.NotFound', `The instance ID '${InstanceId}' does not exist`);
    if (input.Attribute !== 'userData')
      throw new AwsError(400, 'InvalidParameterValue', `The emulator does not know the attribute ${input.Attribute}`);
    const { UserData, UserDataBase64 } = instance;
    const Value = UserDataBase64 ?? (UserData === undefined ? undefined : Buffer.from(UserData).toString('base64'));
    return { InstanceId, UserData: Value === undefined ? {} : { Value } };
  },

  DescribeVolumes(input: DescribeVolumesRequest, context: Context): Described<DescribeVolumesResult> {
    const missing = { code: 'InvalidVolume.NotFound', what: 'volume' };
    const named = byId(context.here.ec2.Volumes, input.VolumeIds, ({ VolumeId }) => VolumeId, input, missing);
    const volumes = filtered(named, input.Filters, {
      'volume-id': (one) => one.VolumeId,
      status: (one) => one.State,
      encrypted: (one) => one.Encrypted,
      'attachment.instance-id': (one) => one.Attachments?.map(({ InstanceId }) => InstanceId),
      'availability-zone': (one) => one.AvailabilityZone,
    });
    const { found, more } = pageOf(volumes, input, context);
    return { Volumes: found, ...more };
  },

  DescribeSnapshots(input: DescribeSnapshotsRequest, context: Context): Described<DescribeSnapshotsResult> {
    const { id } = context.account;
    const missing = { code: 'InvalidSnapshot.NotFound', what: 'snapshot' };
    const named = byId(context.here.ec2.Snapshots, input.SnapshotIds, ({ SnapshotId }) => SnapshotId, input, missing);
    const owned = named.filter(
      ({ OwnerId }) =>
        input.OwnerIds?.every((owner) => owner === OwnerId || (owner === 'self' && OwnerId === id)) ?? true,
    );
    const shared = input.RestorableByUserIds?.includes('all') ? owned.filter(({ Public }) => Public) : owned;
    const snapshots = filtered(shared, input.Filters, {
      'snapshot-id': (one) => one.SnapshotId,
      'owner-id': (one) => one.OwnerId,
      status: (one) => one.State,
      encrypted: (one) => one.Encrypted,
      'volume-id': (one) => one.VolumeId,
    });
    const { found, more } = pageOf(snapshots, input, context);
    return { Snapshots: found.map(({ Public: _public, ...snapshot }) => snapshot), ...more };
  },

  DescribeImages(input: DescribeImagesRequest, context: Context): Described<DescribeImagesResult> {
    const { id } = context.account;
    const missing = { code: 'InvalidAMIID.NotFound', what: 'image id' };
    const named = byId(context.here.ec2.Images, input.ImageIds, ({ ImageId }) => ImageId, {}, missing);
    const owned = named.filter(
      ({ OwnerId, ImageOwnerAlias }) =>
        !input.Owners?.length ||
        input.Owners.some(
          (owner) => owner === OwnerId || owner === ImageOwnerAlias || (owner === 'self' && OwnerId === id),
        ),
    );
    const listed = input.ImageIds?.length ? owned : owned.filter((one) => isListed(one, input, context));
    const images = filtered(listed, input.Filters, {
      'image-id': (one) => one.ImageId,
      state: (one) => one.State,
      'owner-id': (one) => one.OwnerId,
      'is-public': (one) => one.Public,
      name: (one) => one.Name,
    });
    const { found, more } = pageOf(images, input, context, rules(1, 1000));
    return { Images: found, ...more };
  },

  DescribeLaunchTemplateVersions(
    input: DescribeLaunchTemplateVersionsRequest,
    context: Context,
  ): Described<DescribeLaunchTemplateVersionsResult> {
    const { LaunchTemplateId: id, LaunchTemplateName: name, Versions = [] } = input;
    const all = context.here.ec2.LaunchTemplateVersions;
    const named = all.filter(
      (one) => (!id || one.LaunchTemplateId === id) && (!name || one.LaunchTemplateName === name),
    );
    if (id && named.length === 0)
      throw new AwsError(
        400,
        'InvalidLaunchTemplateId.NotFound',
        `The specified launch template, with template ID ${id}, does not exist.`,
      );
    if (!id && !name && !Versions.every((version) => version === '$Latest' || version === '$Default'))
      throw new AwsError(
        400,
        'MissingParameter',
        'A launch template ID or name is needed unless the versions are $Latest and $Default.',
      );
    const latest = Map.groupBy(named, (one) => one.LaunchTemplateId);
    const isLatest = (one: (typeof named)[number]) =>
      latest.get(one.LaunchTemplateId)!.every(({ VersionNumber }) => VersionNumber! <= one.VersionNumber!);
    const wanted = named.filter(
      (one) =>
        Versions.length === 0 ||
        (Versions.includes('$Default') && one.DefaultVersion) ||
        (Versions.includes('$Latest') && isLatest(one)) ||
        Versions.includes(String(one.VersionNumber)),
    );
    const { found, more } = pageOf(wanted, input, context, { ...rules(1, 200), byDefault: 200 });
    return { LaunchTemplateVersions: found, ...more };
  },

  GetEbsEncryptionByDefault(_input: object, { here }: Context): Described<GetEbsEncryptionByDefaultResult> {
    const { EbsEncryptionByDefault } = here.ec2;
    return { EbsEncryptionByDefault, ...(EbsEncryptionByDefault ? { SseType: 'sse-kms' } : {}) };
  },

  GetSnapshotBlockPublicAccessState(
    _input: object,
    { here }: Context,
  ): Described<GetSnapshotBlockPublicAccessStateResult> {
    return { State: here.ec2.SnapshotBlockPublicAccess, ManagedBy: 'account' };
  },

  GetImageBlockPublicAccessState(_input: object, { here }: Context): Described<GetImageBlockPublicAccessStateResult> {
    return { ImageBlockPublicAccessState: here.ec2.ImageBlockPublicAccess, ManagedBy: 'account' };
  },

  GetInstanceMetadataDefaults(_input: object, { here }: Context): Described<GetInstanceMetadataDefaultsResult> {
    return { AccountLevel: { ManagedBy: 'account', ...here.ec2.InstanceMetadataDefaults } };
  },
};

/** Disabled images are left out unless they are asked for, and so are deprecated ones of other owners. */
function isListed(image: Described<Image>, input: DescribeImagesRequest, { account, world }: Context): boolean {
  if (image.State === 'disabled') return input.IncludeDisabled === true;
  const isDeprecated = image.DeprecationTime !== undefined && Date.parse(image.DeprecationTime) <= world.now.getTime();
  return !isDeprecated || image.OwnerId === account.id || input.IncludeDeprecated === true;
}
