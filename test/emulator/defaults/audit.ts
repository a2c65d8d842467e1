import type { EventSelector, GetTrailStatusResponse, Trail } from '@aws-sdk/client-cloudtrail';
import type { GetKeyRotationStatusResponse, KeyMetadata } from '@aws-sdk/client-kms';
import { arn, LONG_AGO, uuid, type Described, type Place } from './common.ts';

/** A trail in its home Region, with its status and event selectors. */
export type TrailDescription = Described<Trail> & {
  IsLogging?: boolean;
  Status?: Described<GetTrailStatusResponse>;
  EventSelectors?: Described<EventSelector>[];
};

/** A KMS key; Rotation is its rotation status, Denied the operations that the key policy refuses to everybody. */
export type Key = Described<KeyMetadata> & {
  Aliases?: string[];
  Rotation?: Described<GetKeyRotationStatusResponse>;
  Denied?: string[];
};

export function cloudtrailOf(trail: TrailDescription, place: Place): TrailDescription {
  return {
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    LogFileValidationEnabled: false,
    HasCustomEventSelectors: trail.EventSelectors !== undefined,
    HasInsightSelectors: false,
    IsOrganizationTrail: false,
    TrailARN: arn('cloudtrail', place, `trail/${trail.Name}`),
    IsLogging: true,
    EventSelectors: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
    ],
    ...trail,
    HomeRegion: place.region,
  };
}

export function kmsOf(key: Key, place: Place): Key {
  const KeyId = key.KeyId ?? uuid(place.account, place.region, key.Description ?? key.Aliases?.[0] ?? 'key');
  const KeySpec = key.KeySpec ?? 'SYMMETRIC_DEFAULT';
  const symmetric = KeySpec === 'SYMMETRIC_DEFAULT';
  const state = key.KeyState ?? 'Enabled';
  return {
    AWSAccountId: place.account,
    Arn: arn('kms', place, `key/${KeyId}`),
    CreationDate: LONG_AGO,
    Description: '',
    Enabled: state === 'Enabled',
    KeyState: state,
    KeyManager: 'CUSTOMER',
    KeyUsage: symmetric ? 'ENCRYPT_DECRYPT' : 'SIGN_VERIFY',
    KeySpec,
    CustomerMasterKeySpec: KeySpec as 'SYMMETRIC_DEFAULT',
    Origin: 'AWS_KMS',
    MultiRegion: false,
    ...(symmetric ? { EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'] } : {}),
    ...key,
    KeyId,
    Rotation: { KeyRotationEnabled: key.KeyManager === 'AWS', ...key.Rotation },
  };
}
