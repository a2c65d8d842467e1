import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  KMSClient,
  type KeyMetadata,
  paginateListKeys,
} from '@aws-sdk/client-kms';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const kms = service(KMSClient);
const listKeys = kms.pages(paginateListKeys, 'kms:ListKeys');
const describeKey = kms.call(DescribeKeyCommand, 'kms:DescribeKey', { gone: ['NotFoundException'] });
const getKeyRotationStatus = kms.call(GetKeyRotationStatusCommand, 'kms:GetKeyRotationStatus', {
  gone: ['NotFoundException'],
});
const getKeyPolicy = kms.call(GetKeyPolicyCommand, 'kms:GetKeyPolicy', { gone: ['NotFoundException'] });

export const key = resource(
  'AWS::KMS::Key',
  {
    scope: 'regional',
    operations: [listKeys],
    list: paged(listKeys, { Limit: 1000 }, (page) => page.Keys),
    found: (k) => ({ id: k.KeyId, arn: k.KeyArn, base: {} }),
  },
  (facet) => ({
    metadata: facet([describeKey], async (aws, k) => {
      const m = (await aws.call(describeKey, { KeyId: k.id }))?.KeyMetadata;
      return {
        manager: m?.KeyManager,
        state: m?.KeyState,
        // CustomerMasterKeySpec is the deprecated name of KeySpec.
        spec: m?.KeySpec ?? m?.CustomerMasterKeySpec,
        origin: m?.Origin,
        /** When KMS deletes it. A primary key whose replicas are still there has no date yet. */
        deletionDate: m?.DeletionDate?.toISOString() ?? null,
        multiRegionKeyType: m?.MultiRegionConfiguration?.MultiRegionKeyType ?? null,
      };
    }),
    /** The text of the key policy. Null for keys of AWS, whose policies are fixed. */
    policy: facet([describeKey, getKeyPolicy], async (aws, k) => {
      const { KeyMetadata } = (await aws.call(describeKey, { KeyId: k.id })) ?? {};
      if (KeyMetadata?.KeyManager === 'AWS') return null;
      return (await aws.call(getKeyPolicy, { KeyId: k.id, PolicyName: 'default' }))?.Policy;
    }),
    /** Null for keys that cannot rotate by themselves: asking for their status is an error. */
    rotation: facet([describeKey, getKeyRotationStatus], async (aws, k) => {
      const { KeyMetadata } = (await aws.call(describeKey, { KeyId: k.id })) ?? {};
      if (!canRotate(KeyMetadata)) return null;
      const status = await aws.call(getKeyRotationStatus, { KeyId: k.id });
      return { enabled: status?.KeyRotationEnabled, periodInDays: status?.RotationPeriodInDays ?? null };
    }),
  }),
);

function canRotate(key: KeyMetadata | undefined): boolean {
  const isReplica = key?.MultiRegionConfiguration?.MultiRegionKeyType === 'REPLICA';
  const spec = key?.KeySpec ?? key?.CustomerMasterKeySpec;
  return (
    key?.KeyManager === 'CUSTOMER' &&
    key.KeyState === 'Enabled' &&
    spec === 'SYMMETRIC_DEFAULT' &&
    key.Origin === 'AWS_KMS' &&
    !isReplica
  );
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::KMS::Key': TypeOf<typeof key>;
  }
}
