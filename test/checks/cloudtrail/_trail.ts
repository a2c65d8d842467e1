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
export const described = (difference: Partial<typeof TRAIL.description>) => ({
  ...TRAIL,
  description: { ...TRAIL.description, ...difference },
});
/** The same seen from a member of the organization. */
export const INHERITED = { arn: 'arn:aws:cloudtrail:eu-west-1:444455556666:trail/trail', owner: '444455556666' };
