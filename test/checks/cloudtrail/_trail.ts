import type { View } from '../../../lib/core/model.ts';

/** A trail of the account's own, that records everything. */
export const TRAIL = {
  id: 'trail',
  arn: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/trail',
  region: 'eu-west-1',
  owner: '111122223333',
  description: {
    s3BucketName: 'logs',
    isMultiRegionTrail: true,
    includeGlobalServiceEvents: true,
    logFileValidationEnabled: true,
    kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/k1' as string | null,
  },
  status: { isLogging: true },
};
/** How it delivers: in order, half an hour before the time of the cases. */
export const DELIVERY = {
  startLoggingTime: '2025-06-01T00:00:00Z' as string | null,
  bucketTime: '2025-12-31T23:30:00Z' as string | null,
  bucketError: null as string | null,
  digestError: null as string | null,
  logGroupTime: '2025-12-31T23:30:00Z' as string | null,
  logGroupError: null as string | null,
};
type Selectors = View<'AWS::CloudTrail::Trail', 'eventSelectors'>['eventSelectors'];
type Basic = Selectors['basic'][number];
type Field = Selectors['advanced'][number][number];

/** One field of an advanced event selector. */
export const field = (name: string | null, operators: Partial<Field> = {}): Field => ({
  field: name,
  equals: [],
  startsWith: [],
  endsWith: [],
  notEquals: [],
  notStartsWith: [],
  notEndsWith: [],
  ...operators,
});
/** The event selectors of a new trail: all management events. */
const BASIC: Basic = {
  readWriteType: 'All',
  includeManagementEvents: true,
  excludeManagementEventSources: [],
  dataResources: [],
};
export const basic = (...selectors: readonly Partial<Basic>[]): Selectors => ({
  basic: selectors.map((one) => ({ ...BASIC, ...one })),
  advanced: [],
});
export const advanced = (...selectors: Field[][]): Selectors => ({ basic: [], advanced: selectors });
export const ORGANIZATION = { id: 'o-harbour001', managementAccount: '444455556666', featureSet: 'ALL' } as const;
export const described = (difference: Partial<typeof TRAIL.description>) => ({
  ...TRAIL,
  description: { ...TRAIL.description, ...difference },
});
/** The same seen from a member of the organization. */
export const INHERITED = { arn: 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/trail', owner: '444455556666' };
