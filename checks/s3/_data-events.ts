import { allOf } from '../../lib/core/logic.ts';
import type { Table } from '../../lib/core/model.ts';

/** One condition of an advanced event selector; an empty list is an operator that is not used. */
export interface FieldSelector {
  readonly field: string | null;
  readonly equals: readonly string[];
  readonly startsWith: readonly string[];
  readonly endsWith: readonly string[];
  readonly notEquals: readonly string[];
  readonly notStartsWith: readonly string[];
  readonly notEndsWith: readonly string[];
}
export interface EventSelectors {
  readonly basic: readonly {
    readonly readWriteType: string;
    readonly dataResources: readonly { readonly type: string | null; readonly values: readonly string[] }[];
  }[];
  readonly advanced: readonly (readonly FieldSelector[])[];
}
/** A trail, as far as it records what is done with objects. */
export interface ObjectTrail {
  readonly region: string;
  readonly description: { readonly isMultiRegionTrail: boolean };
  readonly status: { readonly isLogging: boolean };
  readonly eventSelectors: EventSelectors;
}
interface Bucket {
  readonly arn: string;
  readonly region: string;
}
type Kind = 'read' | 'write';

const BASIC_TYPE = { read: 'ReadOnly', write: 'WriteOnly' } as const;
/** How readOnly selects each kind (CloudTrail API: AdvancedFieldSelector). */
const READ_ONLY = { read: 'true', write: 'false' } as const;
const OBJECT = 'AWS::S3::Object';

/** Do trails record all reads and all writes of a bucket's objects? One trail may record the reads, another the writes. */
export function recordsObjects(trails: Table<ObjectTrail>, bucket: Bucket): boolean {
  return allOf(
    () => trails.some((trail) => records(trail, bucket, 'read')),
    () => trails.some((trail) => records(trail, bucket, 'write')),
  );
}

/** Does a trail record all reads, or all writes, of a bucket's objects? */
export function records(trail: ObjectTrail, bucket: Bucket, kind: Kind): boolean {
  return allOf(
    () => trail.region === bucket.region || trail.description.isMultiRegionTrail,
    () => selects(trail.eventSelectors, bucket.arn, kind),
    () => trail.status.isLogging,
  );
}

/** Do event selectors take in all events of one kind, for all objects of a bucket? */
export function selects({ basic, advanced }: EventSelectors, bucketArn: string, kind: Kind): boolean {
  const isBasic = basic.some(
    ({ readWriteType, dataResources }) =>
      (readWriteType === 'All' || readWriteType === BASIC_TYPE[kind]) &&
      dataResources.some(({ type, values }) => type === OBJECT && namesAllObjects(values, bucketArn)),
  );
  return (
    isBasic || advanced.some((fields) => fields.every((field) => admits(field, bucketArn, kind)) && isOfObjects(fields))
  );
}

/** 'arn:aws:s3' is all buckets, '<bucket ARN>/' all objects of one (CloudTrail API: DataResource). */
function namesAllObjects(values: readonly string[], bucketArn: string): boolean {
  const [all = ''] = bucketArn.split(':::');
  return [all, `${all}:::`, `${bucketArn}/`].some((value) => values.includes(value));
}

function isOfObjects(fields: readonly FieldSelector[]): boolean {
  const names = fields.map(({ field }) => field);
  return names.includes('eventCategory') && names.includes('resources.type');
}

/** Does one condition let every such event pass? One that narrows by something else (eventName, userIdentity.arn) does not. */
function admits(selector: FieldSelector, bucketArn: string, kind: Kind): boolean {
  switch (selector.field) {
    case 'eventCategory':
      return selector.equals.includes('Data');
    case 'resources.type':
      return selector.equals.includes(OBJECT);
    case 'readOnly':
      return selector.equals.includes(READ_ONLY[kind]);
    case 'resources.ARN':
      return admitsAllObjects(selector, `${bucketArn}/`);
    default:
      return false;
  }
}

/** Equals, StartsWith and EndsWith of one field are OR-ed, each of the negated ones excludes (CloudTrail: filtering data events). */
function admitsAllObjects(selector: FieldSelector, objects: string): boolean {
  const { equals, startsWith, endsWith, notEquals, notStartsWith, notEndsWith } = selector;
  const isPositive = [equals, startsWith, endsWith].some((values) => values.length > 0);
  if (isPositive && !startsWith.some((prefix) => objects.startsWith(prefix))) return false;
  const isExcluded =
    notEndsWith.length > 0 ||
    notEquals.some((value) => value.startsWith(objects)) ||
    notStartsWith.some((prefix) => prefix.startsWith(objects) || objects.startsWith(prefix));
  return !isExcluded;
}
