import { ifKnown, witnesses } from '../core/knowledge.ts';
import { allOf, anyOf, firstKnown } from '../core/logic.ts';
import { Unknown } from '../core/view.ts';
import { delegatesToAccessPoints, delegatingStatements, publicBucketStatements } from './bucket.ts';
import { labelOf, type Policy, type Statement } from './document.ts';
import { touchesActions } from './patterns.ts';
import { storedPolicy } from './stored.ts';

/** The four settings of S3 Block Public Access. */
export const BLOCK_SETTINGS = [
  'blockPublicAcls',
  'ignorePublicAcls',
  'blockPublicPolicy',
  'restrictPublicBuckets',
] as const;
export type BlockSetting = (typeof BLOCK_SETTINGS)[number];
type Block = Readonly<Record<BlockSetting, boolean>>;

/**
 * Stands where an answer was not asked for, as something else already shuts this way to the public, whatever the answer. It says
 * nothing of the answer itself: "not asked" is neither "none" nor "private".
 */
export interface NotAsked {
  readonly kind: 'not-asked';
  readonly because: 'account-block' | 'acls-disabled' | 'no-bucket-policy' | 'vpc-origin';
}
type Asked<V> = NotAsked | ({ readonly kind: 'known' } & V);

export interface Grant {
  /** The URI of a group, or the id of a canonical user. */
  readonly grantee: string | null;
  readonly permission: string | null;
}
/** An access point that is open to the internet by its network origin. Null: not asked, as the other of the two already shuts it. */
export interface AccessPoint {
  readonly name: string;
  readonly isPublic: boolean | null;
  readonly restrictPublicBuckets: boolean | null;
}

/** What decides whether a bucket is public: facets of AWS::S3::Bucket. Reading one may throw Unknown. */
export interface BucketAccess {
  readonly accountPublicAccessBlock: Block;
  readonly publicAccessBlock: Asked<Block>;
  readonly policy: string | null;
  readonly policyStatus: Asked<{ readonly isPublic: boolean }>;
  readonly acl: Asked<{ readonly grants: readonly Grant[] }>;
  readonly accessPoints: Asked<{ readonly points: readonly AccessPoint[] }>;
  readonly multiRegionAccessPoints: Asked<{ readonly points: readonly AccessPoint[] }>;
}
/** The facets to ask for. */
export const BUCKET_ACCESS = [
  'accountPublicAccessBlock',
  'publicAccessBlock',
  'policy',
  'policyStatus',
  'acl',
  'accessPoints',
  'multiRegionAccessPoints',
] as const satisfies readonly (keyof BucketAccess)[];

/** Grantees that stand for the whole world: any AWS account counts, as anyone can have one (Amazon S3: ACL overview). */
const PUBLIC_GROUPS = ['/groups/global/AllUsers', '/groups/global/AuthenticatedUsers'];

/** Permissions of ACLs with which a stranger changes objects, or gives himself all permissions. */
const WRITE_PERMISSIONS = ['WRITE', 'WRITE_ACP', 'FULL_CONTROL'];
/** The actions that change objects or the bucket, or let a stranger do so. */
const WRITE_ACTIONS = ['s3:Put*', 's3:Delete*', 's3:Replicate*', 's3:RestoreObject', 's3:AbortMultipartUpload'];

/** A way on which the public may come in, and the setting that shuts it. The other two settings stop new grants only. */
const WAYS = [
  { name: 'bucket policy', shutBy: 'restrictPublicBuckets', isGranted: isPolicyPublic, isWritable: isPolicyWritable },
  {
    name: 'ACL',
    shutBy: 'ignorePublicAcls',
    isGranted: (bucket) => publicGrants(bucket).length > 0,
    isWritable: (bucket) => publicGrants(bucket).some(({ permission }) => WRITE_PERMISSIONS.includes(permission ?? '')),
  },
  {
    name: 'access point',
    shutBy: 'restrictPublicBuckets',
    isGranted: (bucket) => isGrantedThrough(bucket, 'accessPoints'),
    isWritable: isWritableThrough,
  },
  {
    name: 'multi-Region access point',
    shutBy: 'restrictPublicBuckets',
    isGranted: (bucket) => isGrantedThrough(bucket, 'multiRegionAccessPoints'),
    isWritable: isWritableThrough,
  },
] as const satisfies readonly {
  readonly name: string;
  readonly shutBy: BlockSetting;
  isGranted(bucket: BucketAccess): boolean;
  /** Asked only where it is granted. */
  isWritable(bucket: BucketAccess): boolean;
}[];
export type PublicWay = (typeof WAYS)[number]['name'];

/**
 * The ways on which everyone reaches into a bucket; empty: it is not public. One certain way is an answer, whatever is unknown of
 * the others; where none is certain and one is unknown, Unknown is thrown.
 */
export function publicWays(bucket: BucketAccess): PublicWay[] {
  const open = witnesses(WAYS, ({ shutBy, isGranted }) =>
    allOf(
      () => !isInForce(bucket, shutBy),
      () => isGranted(bucket),
    ),
  );
  return open.map(({ name }) => name);
}

/** The ways on which everyone can change a bucket or what it holds, or take it over. As with `publicWays`, one certain way is an answer. */
export function publicWriteWays(bucket: BucketAccess): PublicWay[] {
  const open = witnesses(WAYS, ({ shutBy, isGranted, isWritable }) =>
    allOf(
      () => !isInForce(bucket, shutBy),
      () => isGranted(bucket),
      () => isWritable(bucket),
    ),
  );
  return open.map(({ name }) => name);
}

/** The ways that Block Public Access alone keeps shut, as far as is known. */
export function blockedWays(bucket: BucketAccess): PublicWay[] {
  return WAYS.filter(({ shutBy, isGranted }) =>
    ifKnown(() => isInForce(bucket, shutBy) && isGranted(bucket), false),
  ).map(({ name }) => name);
}

/** Is a setting of Block Public Access on, at the bucket or at its account? Each setting counts by itself. */
export function isInForce(
  bucket: Pick<BucketAccess, 'accountPublicAccessBlock' | 'publicAccessBlock'>,
  setting: BlockSetting,
): boolean {
  return anyOf(
    () => bucket.publicAccessBlock.kind === 'not-asked' || bucket.publicAccessBlock[setting],
    () => bucket.accountPublicAccessBlock[setting],
  );
}

/** What makes a bucket public, and the Deny statements that may narrow it (by Sid, else by place); null for what is not known. */
export function publicAccessEvidence(bucket: BucketAccess) {
  const statements = ifKnown(() => bucketPolicy(bucket.policy)?.statements ?? [], null);
  const allows = ifKnown(() => publicAllows(bucket), null);
  return {
    ways: publicWays(bucket),
    publicStatements: allows && allows.map(labelOf),
    denyStatements: statements && statements.filter(({ effect }) => effect === 'Deny').map(labelOf),
    grants: ifKnown(() => publicGrants(bucket).map(({ grantee, permission }) => `${permission} to ${grantee}`), null),
    accessPoints: ifKnown(() => openPoints(bucket.accessPoints), null),
    multiRegionAccessPoints: ifKnown(() => openPoints(bucket.multiRegionAccessPoints), null),
  };
}

/** A bucket's policy, or null where it has none. A document that cannot be read is unknown. */
export function bucketPolicy(text: string | null): Policy | null {
  return text === null ? null : storedPolicy(text, 's3:GetBucketPolicy');
}

/** By S3's own verdict; where that cannot be had, by the same rules, applied to the text. */
function isPolicyPublic(bucket: BucketAccess): boolean {
  return firstKnown(
    () => bucket.policyStatus.kind === 'known' && bucket.policyStatus.isPublic,
    () => publicAllows(bucket).length > 0,
  );
}

function publicAllows(bucket: BucketAccess): readonly Statement[] {
  const policy = bucketPolicy(bucket.policy);
  return policy ? publicBucketStatements(policy) : [];
}

function isPolicyWritable(bucket: BucketAccess): boolean {
  const open = publicAllows(bucket);
  if (open.length > 0) return open.some(letsWrite);
  const allows = bucketPolicy(bucket.policy)?.statements.filter(({ effect }) => effect === 'Allow') ?? [];
  return cannotTell(
    allows,
    's3:GetBucketPolicyStatus',
    'S3 calls the policy public, and not for any statement known as such',
  );
}

/** What a bucket's policy lets through to access points, their own policies may narrow. */
function isWritableThrough(bucket: BucketAccess): boolean {
  const policy = bucketPolicy(bucket.policy);
  const open = policy ? [...publicBucketStatements(policy), ...delegatingStatements(policy)] : [];
  return cannotTell(
    open,
    's3:GetAccessPointPolicy',
    'what a public access point lets everyone do is in its own policy',
  );
}

/** For statements that may let everyone write: what they do not allow is certain, the rest is not known. */
function cannotTell(statements: readonly Statement[], operation: string, detail: string): false {
  if (statements.some(letsWrite)) throw new Unknown({ reason: 'not-scanned', operation, detail });
  return false;
}

function letsWrite(statement: Statement): boolean {
  return WRITE_ACTIONS.some((action) => touchesActions(statement, action));
}

function publicGrants({ acl }: BucketAccess): readonly Grant[] {
  if (acl.kind === 'not-asked') return [];
  return acl.grants.filter(({ grantee }) => PUBLIC_GROUPS.some((group) => grantee?.endsWith(group)));
}

/**
 * Everyone comes in through an access point only where the bucket's policy lets them in as well (Amazon S3: Configuring IAM
 * policies for using access points; Multi-Region Access Points: Permissions).
 */
function isGrantedThrough(bucket: BucketAccess, points: 'accessPoints' | 'multiRegionAccessPoints'): boolean {
  return allOf(
    () => openPoints(bucket[points]).length > 0,
    () => isPolicyPublic(bucket) || delegates(bucket),
  );
}

function delegates(bucket: BucketAccess): boolean {
  const policy = bucketPolicy(bucket.policy);
  return policy !== null && delegatesToAccessPoints(policy);
}

function openPoints(asked: BucketAccess['accessPoints']): readonly string[] {
  if (asked.kind === 'not-asked') return [];
  return asked.points
    .filter(({ isPublic, restrictPublicBuckets }) => isPublic === true && restrictPublicBuckets === false)
    .map(({ name }) => name);
}
