import { beforeAll, expect, it } from 'vitest';
import type { StoredFinding } from '../../lib/run/model.ts';
import { AT_ONCE, byId, compared, faulty, oneRegion } from './_kit.ts';

const kit = faulty();
let before: ReadonlyMap<string, StoredFinding>;
beforeAll(async () => {
  kit.aws.setProfile(AT_ONCE);
  before = byId(await oneRegion());
});

/** What is read of a bucket, an instance and so on after it was listed, and one of the example account. */
it.each([
  ['s3', undefined, 'harbour-website-assets', 'arn:aws:s3:::harbour-website-assets'],
  ['kms', undefined, undefined, undefined],
  ['ec2', 'DescribeInstanceAttribute', undefined, undefined],
  ['ec2', 'GetManagedPrefixListEntries', undefined, undefined],
  ['rds', 'DescribeDBSnapshotAttributes', 'crm-2023', 'arn:aws:rds:eu-west-1:111122223333:snapshot:crm-2023'],
  ['rds', 'DescribeDBClusterSnapshotAttributes', undefined, undefined],
  ['cloudtrail', 'GetTrailStatus', undefined, undefined],
  ['iam', 'ListMFADevices', undefined, undefined],
])(
  'what is gone between the list and %s:%s costs no other resource its verdict',
  async (service, operation, resource, arn) => {
    const fault = { service, kind: 'gone', ...(operation && { operation }), ...(resource && { resource }) } as const;
    kit.aws.setProfile({ ...AT_ONCE, faults: [fault] });
    const after = await oneRegion();
    expect(compared(before, after).wrong).toEqual([]);
    if (arn) expect(after.findings.filter((finding) => finding.resource.arn === arn)).toEqual([]);
  },
);
