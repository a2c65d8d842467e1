import { setImmediate } from 'node:timers/promises';
import {
  EC2Client,
  GetInstanceMetadataDefaultsCommand,
  type Image as AwsImage,
  paginateDescribeImages,
} from '@aws-sdk/client-ec2';
import { listed } from '../../lib/aws/answer.ts';
import { type Aws, service, source } from '../../lib/aws/operations.ts';
import { type ImdsSupport, isSafeAlone, type LaunchOptions, settle } from './_imds.ts';

const ec2 = service(EC2Client);
/** A list of images: the account's own, or those that a filter names. */
export const describeImages = ec2.pages(paginateDescribeImages, 'ec2:DescribeImages');
const getMetadataDefaults = ec2.call(GetInstanceMetadataDefaultsCommand, 'ec2:GetInstanceMetadataDefaults');

/** AWS hides deprecated images of other owners, and disabled ones, unless it is asked for them. */
export const ALL_IMAGES = { MaxResults: 1000, IncludeDeprecated: true, IncludeDisabled: true } as const;

/** The account's defaults for launches in a region. AWS leaves out what has no preference. */
export const imdsDefaults = source([getMetadataDefaults], async (aws) => {
  const defaults = (await aws.call(getMetadataDefaults, {}))?.AccountLevel;
  return {
    httpTokens: defaults?.HttpTokens ?? null,
    httpEndpoint: defaults?.HttpEndpoint ?? null,
    httpTokensEnforced: defaults?.HttpTokensEnforced ?? null,
    managedBy: defaults?.ManagedBy ?? null,
  };
});

type Image = Pick<AwsImage, 'State' | 'OwnerId' | 'DeprecationTime' | 'ImdsSupport'>;
interface Batch {
  readonly ids: string[];
  readonly found: Promise<ReadonlyMap<string | undefined, Image>>;
}

/** EC2 takes no more values in one filter (EC2 API: list and filter). */
const MOST_FILTER_VALUES = 200;

/**
 * Images by their id, of whatever owner; null for one that AWS does not show. Each is asked for once in a region, and those that are
 * asked for at about the same time share a call. By filter: an id that does not exist would fail the others of its list.
 */
export const imagesById = source([describeImages], async (aws) => {
  const answers = new Map<string, Promise<Image | null>>();
  let open: Batch | undefined;

  async function describe(ids: string[]): Promise<ReadonlyMap<string | undefined, Image>> {
    const found = new Map<string | undefined, Image>();
    const named = { ...ALL_IMAGES, Filters: [{ Name: 'image-id', Values: ids }] };
    for await (const page of aws.pages(describeImages, named)) {
      for (const { ImageId, State, OwnerId, DeprecationTime, ImdsSupport } of listed(page.Images))
        found.set(ImageId, { State, OwnerId, DeprecationTime, ImdsSupport });
    }
    return found;
  }

  function newBatch(): Batch {
    const ids: string[] = [];
    const found = setImmediate().then(() => {
      if (open?.ids === ids) open = undefined;
      return describe(ids);
    });
    return { ids, found };
  }

  async function ask(id: string): Promise<Image | null> {
    if (!open || open.ids.length === MOST_FILTER_VALUES) open = newBatch();
    open.ids.push(id);
    const found = await open.found;
    if (!found.has(id) && found.has(undefined)) throw new Error('an image in the answer has no identifier');
    return found.get(id) ?? null;
  }

  return (id: string) => {
    if (!answers.has(id)) answers.set(id, ask(id));
    return answers.get(id)!;
  };
});

/** What tells how IMDSv2 is settled for a launch that leaves it open. */
export const supportSources = [imdsDefaults, imagesById] as const;

/** What the image of a launch says of IMDSv2 where that decides; null where it does not, or is not known. */
export async function supportOf(
  launch: LaunchOptions,
  aws: Pick<Aws<typeof supportSources>, 'read'>,
): Promise<ImdsSupport> {
  if (isSafeAlone(launch)) return null;
  if (settle(launch, await aws.read(imdsDefaults)) !== 'by the AMI') return null;
  // A parameter (resolve:ssm:...) names its AMI at launch only.
  if (!launch.image?.startsWith('ami-')) return null;
  const image = await (await aws.read(imagesById))(launch.image);
  return image && (image.ImdsSupport ?? 'none');
}
