import {
  DescribeImagesCommand,
  DescribeInstanceAttributeCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
  GetEbsEncryptionByDefaultCommand,
  GetInstanceMetadataDefaultsCommand,
  GetSnapshotBlockPublicAccessStateCommand,
  type Instance,
  type InstanceNetworkInterface,
  type LaunchTemplateVersion,
  paginateDescribeInstances,
  paginateDescribeLaunchTemplateVersions,
  paginateDescribeSnapshots,
  paginateDescribeVolumes,
} from '@aws-sdk/client-ec2';
import { each, whole, listed } from '../../lib/aws/answer.ts';
import { type Aws, service, source } from '../../lib/aws/operations.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { readUserData } from '../../lib/secrets/user-data.ts';
import { autoScalingGroups, type Group, type LaunchTemplateUse } from '../autoscaling/collect.ts';
import { type ImdsSupport, isSafeAlone, type LaunchVersion, settle } from './_imds.ts';
import { isTerminated } from './_instances.ts';

const ec2 = service(EC2Client);
const describeInstances = ec2.pages(paginateDescribeInstances, 'ec2:DescribeInstances');
const describeInstanceAttribute = ec2.call(DescribeInstanceAttributeCommand, 'ec2:DescribeInstanceAttribute', {
  gone: ['InvalidInstanceID.NotFound'],
});
const describeVolumes = ec2.pages(paginateDescribeVolumes, 'ec2:DescribeVolumes');
const describeSnapshots = ec2.pages(paginateDescribeSnapshots, 'ec2:DescribeSnapshots');
const describeTemplates = ec2.pages(paginateDescribeLaunchTemplateVersions, 'ec2:DescribeLaunchTemplateVersions');
const describeTemplateVersion = ec2.call(DescribeLaunchTemplateVersionsCommand, 'ec2:DescribeLaunchTemplateVersions', {
  absent: ['InvalidLaunchTemplateId.VersionNotFound'],
  gone: ['InvalidLaunchTemplateId.NotFound'],
});
const describeImages = ec2.call(DescribeImagesCommand, 'ec2:DescribeImages', {
  absent: ['InvalidAMIID.NotFound', 'InvalidAMIID.Unavailable'],
});
const getMetadataDefaults = ec2.call(GetInstanceMetadataDefaultsCommand, 'ec2:GetInstanceMetadataDefaults');
const getEncryptionByDefault = ec2.call(GetEbsEncryptionByDefaultCommand, 'ec2:GetEbsEncryptionByDefault');
const getSnapshotBlock = ec2.call(GetSnapshotBlockPublicAccessStateCommand, 'ec2:GetSnapshotBlockPublicAccessState');

/** An account may hide from its lists what services manage in it; it belongs to it all the same. */
const MANAGED_TOO = { IncludeManagedResources: true } as const;

export const instance = resource(
  'AWS::EC2::Instance',
  {
    scope: 'regional',
    operations: [describeInstances],
    async *list(aws) {
      for await (const page of aws.pages(describeInstances, { MaxResults: 1000, ...MANAGED_TOO })) {
        for (const reservation of listed(page.Reservations)) yield* listed(reservation.Instances);
      }
    },
    found: (i, aws) => ({
      id: i.InstanceId,
      arn: arnOf(`instance/${i.InstanceId}`, aws),
      tags: tagsOf(i.Tags),
      base: {
        state: i.State?.Name,
        launchTime: i.LaunchTime?.toISOString(),
        instanceProfile: i.IamInstanceProfile?.Arn ?? null,
        httpTokens: i.MetadataOptions?.HttpTokens,
        httpEndpoint: i.MetadataOptions?.HttpEndpoint,
        metadataOptionsState: i.MetadataOptions?.State ?? null,
        publicIps: publicIpsOf(i),
        interfaces: each(i.NetworkInterfaces, interfaceOf),
      },
    }),
  },
  (facet) => ({
    /** Never the data: only whether there is any, and where it holds secrets. Null for instances that are gone. */
    userData: facet([describeInstanceAttribute], async (aws, i) => {
      if (isTerminated(i)) return null;
      const answer = await aws.call(describeInstanceAttribute, { InstanceId: i.id, Attribute: 'userData' });
      return answer?.UserData && readUserData(answer.UserData.Value ?? '');
    }),
  }),
);

export const volume = resource('AWS::EC2::Volume', {
  scope: 'regional',
  operations: [describeVolumes],
  async *list(aws) {
    for await (const page of aws.pages(describeVolumes, { MaxResults: 1000, ...MANAGED_TOO }))
      yield* listed(page.Volumes);
  },
  found: (v, aws) => ({
    id: v.VolumeId,
    arn: arnOf(`volume/${v.VolumeId}`, aws),
    tags: tagsOf(v.Tags),
    base: { state: v.State, encrypted: v.Encrypted, kmsKey: v.KmsKeyId ?? null },
  }),
});

const OWN_SNAPSHOTS = { OwnerIds: ['self'], MaxResults: 1000 };

/** The ids of the account's snapshots that everybody may restore. */
const publicSnapshots = source([describeSnapshots], async (aws) => {
  const ids = new Set<string | undefined>();
  for await (const page of aws.pages(describeSnapshots, { ...OWN_SNAPSHOTS, RestorableByUserIds: ['all'] })) {
    for (const { SnapshotId } of listed(page.Snapshots)) ids.add(SnapshotId);
  }
  return ids;
});

export const snapshot = resource(
  'AWS::EC2::Snapshot',
  {
    scope: 'regional',
    operations: [describeSnapshots],
    async *list(aws) {
      for await (const page of aws.pages(describeSnapshots, OWN_SNAPSHOTS)) yield* listed(page.Snapshots);
    },
    found: (s, { partition, region }) => ({
      id: s.SnapshotId,
      // The ARNs of snapshots name no account.
      arn: `arn:${partition}:ec2:${region}::snapshot/${s.SnapshotId}`,
      tags: tagsOf(s.Tags),
      base: { state: s.State, encrypted: s.Encrypted, storageTier: s.StorageTier ?? null },
    }),
  },
  (facet) => ({
    /** May everybody restore it? EC2 refuses that for encrypted snapshots. */
    isShared: facet([publicSnapshots], async (aws, s) => !s.encrypted && (await aws.read(publicSnapshots)).has(s.id)),
  }),
);

/** The account's defaults for launches in a region. AWS leaves out what has no preference. */
const imdsDefaults = source([getMetadataDefaults], async (aws) => {
  const defaults = (await aws.call(getMetadataDefaults, {}))?.AccountLevel;
  return {
    httpTokens: defaults?.HttpTokens ?? null,
    httpEndpoint: defaults?.HttpEndpoint ?? null,
    httpTokensEnforced: defaults?.HttpTokensEnforced ?? null,
    managedBy: defaults?.ManagedBy ?? null,
  };
});

/** What the account has set for a region. */
export const accountSettings = resource(
  'AWS::EC2::AccountSettings',
  {
    scope: 'regional',
    operations: [],
    async *list(aws) {
      yield aws.region;
    },
    found: (region, aws) => ({ id: region, arn: arnOf('account-settings', aws), base: {} }),
  },
  (facet) => ({
    imdsDefaults: facet([imdsDefaults], (aws) => aws.read(imdsDefaults)),
    ebsEncryptionByDefault: facet([getEncryptionByDefault], async (aws) => {
      return (await aws.call(getEncryptionByDefault, {}))?.EbsEncryptionByDefault;
    }),
    snapshotBlockPublicAccess: facet([getSnapshotBlock], async (aws) => (await aws.call(getSnapshotBlock, {}))?.State),
  }),
);

/** Answers by AMI: each is asked for once in a region, however many launch templates name it. */
const imageSupport = source([describeImages], async (aws) => {
  const answers = new Map<string, Promise<ImdsSupport>>();
  async function ask(image: string): Promise<ImdsSupport> {
    const answer = await aws.call(describeImages, {
      ImageIds: [image],
      IncludeDeprecated: true,
      IncludeDisabled: true,
    });
    const found = answer?.Images?.[0];
    return found ? (found.ImdsSupport ?? 'none') : null;
  }
  return (image: string) => {
    if (!answers.has(image)) answers.set(image, ask(image));
    return answers.get(image)!;
  };
});

const supportSources = [imdsDefaults, imageSupport] as const;
const launchSources = [describeTemplateVersion, ...supportSources] as const;

export const launchTemplate = resource(
  'AWS::EC2::LaunchTemplate',
  {
    scope: 'regional',
    operations: [describeTemplates],
    async *list(aws) {
      const versions = [];
      const ofAllTemplates = { Versions: ['$Latest', '$Default'], MaxResults: 200, ...MANAGED_TOO };
      for await (const page of aws.pages(describeTemplates, ofAllTemplates)) {
        versions.push(...listed(page.LaunchTemplateVersions).map(withoutUserData));
      }
      yield* Map.groupBy(versions, (version) => version.LaunchTemplateId).values();
    },
    found(versions, aws) {
      const [latest] = versions.toSorted((a, b) => b.VersionNumber! - a.VersionNumber!);
      const standard = versions.find((version) => version.DefaultVersion);
      return {
        id: latest?.LaunchTemplateId,
        arn: arnOf(`launch-template/${latest?.LaunchTemplateId}`, aws),
        base: {
          name: latest?.LaunchTemplateName,
          defaultVersion: versionOf(standard),
          latestVersion: versionOf(latest),
        },
      };
    },
  },
  (facet) => ({
    /** What the AMIs of both versions say of IMDSv2 where that decides; null where it does not, or is not known. */
    imdsSupport: facet(supportSources, async (aws, template) => ({
      ofDefault: await supportOf(template.defaultVersion, aws),
      ofLatest: await supportOf(template.latestVersion, aws),
    })),
    /** The versions that auto scaling groups launch, and what their AMIs say. */
    inUse: facet([autoScalingGroups, ...launchSources], async (aws, template) => {
      const uses = usesOf(template, await aws.read(autoScalingGroups));
      if (!uses) return undefined;
      const launches = Map.groupBy(uses, ({ version, image }) => `${version} ${image}`).values();
      const launched = await Promise.all(launches.map((same) => launchOf(same, template, aws)));
      return each(
        launched.filter((version) => version !== null),
        (version) => version,
      );
    }),
  }),
);

/** What a facet may ask that declares these and perhaps more. */
type Launches = Pick<Aws<typeof launchSources>, 'call' | 'read'>;
type Supports = Pick<Aws<typeof supportSources>, 'read'>;

interface Template {
  readonly id: string;
  readonly name: string;
  readonly defaultVersion: LaunchVersion;
  readonly latestVersion: LaunchVersion;
}
interface Use extends LaunchTemplateUse {
  readonly group: string | undefined;
}

/** How groups use the template; undefined when one of them does not say which template it uses. */
function usesOf({ id, name }: Template, groups: readonly Group[]): Use[] | undefined {
  return each(groups, ({ launchTemplates, name: group }) => {
    const own = launchTemplates?.filter((use) => (use.id === null ? use.name === name : use.id === id));
    return own?.map((use) => ({ ...use, group }));
  })?.flat();
}

/** What groups launch that name the same version and AMI; null when there is no such version any more. */
async function launchOf(uses: readonly Use[], template: Template, aws: Launches) {
  const { version: label, image } = uses[0]!;
  const version = await versionCalled(label, template, aws);
  if (!version) return version;
  const launched = { ...version, image: image ?? version.image };
  return whole({ ...launched, imdsSupport: await supportOf(launched, aws), groups: each(uses, ({ group }) => group) });
}

async function versionCalled(label: string, { id, defaultVersion, latestVersion }: Template, aws: Launches) {
  if (label === '$Default' || label === String(defaultVersion.number)) return defaultVersion;
  if (label === '$Latest' || label === String(latestVersion.number)) return latestVersion;
  const answer = await aws.call(describeTemplateVersion, { LaunchTemplateId: id, Versions: [label], ...MANAGED_TOO });
  return answer && versionOf(answer.LaunchTemplateVersions?.[0]);
}

async function supportOf(version: LaunchVersion, aws: Supports): Promise<ImdsSupport> {
  if (isSafeAlone(version)) return null;
  if (settle(version, await aws.read(imdsDefaults)) !== 'by the AMI') return null;
  // A parameter (resolve:ssm:...) names its AMI at launch only.
  if (!version.image?.startsWith('ami-')) return null;
  return (await aws.read(imageSupport))(version.image);
}

/** User data may hold secrets, and is not judged here. */
function withoutUserData({ LaunchTemplateData: data, ...version }: LaunchTemplateVersion): LaunchTemplateVersion {
  return { ...version, LaunchTemplateData: data && { MetadataOptions: data.MetadataOptions, ImageId: data.ImageId } };
}

function versionOf(version: LaunchTemplateVersion | undefined): LaunchVersion | undefined {
  const data = version?.LaunchTemplateData;
  if (!data) return undefined;
  return whole({
    number: version.VersionNumber,
    httpTokens: data.MetadataOptions?.HttpTokens ?? null,
    httpEndpoint: data.MetadataOptions?.HttpEndpoint ?? null,
    image: data.ImageId ?? null,
  });
}

/** Elastic and assigned addresses of all interfaces, and those of carriers (Wavelength), which are public as well. */
function publicIpsOf({ PublicIpAddress, NetworkInterfaces }: Instance): string[] | undefined {
  const holders = each(NetworkInterfaces, (one) => one.PrivateIpAddresses && [one, ...one.PrivateIpAddresses])?.flat();
  const addresses = holders?.flatMap(({ Association }) => [Association?.PublicIp, Association?.CarrierIp]);
  return addresses && [...new Set([PublicIpAddress, ...addresses].filter((address) => address !== undefined))];
}

function interfaceOf(one: InstanceNetworkInterface) {
  const addresses = each(one.Ipv6Addresses, ({ Ipv6Address }) => Ipv6Address);
  // The addresses of a delegated prefix are reached like the interface's own.
  const prefixes = each(one.Ipv6Prefixes ?? [], ({ Ipv6Prefix }) => Ipv6Prefix);
  return whole({
    id: one.NetworkInterfaceId,
    subnet: one.SubnetId,
    vpc: one.VpcId,
    groups: each(one.Groups, ({ GroupId }) => GroupId),
    ipv6Addresses: addresses && prefixes && [...addresses, ...prefixes],
  });
}

function arnOf(
  name: string,
  { account, region, partition }: Pick<Aws<[]>, 'account' | 'region' | 'partition'>,
): string {
  return `arn:${partition}:ec2:${region}:${account}:${name}`;
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::EC2::Instance': TypeOf<typeof instance>;
    'AWS::EC2::Volume': TypeOf<typeof volume>;
    'AWS::EC2::Snapshot': TypeOf<typeof snapshot>;
    'AWS::EC2::AccountSettings': TypeOf<typeof accountSettings>;
    'AWS::EC2::LaunchTemplate': TypeOf<typeof launchTemplate>;
  }
}
