import type { AnalyzerSummary, FindingSummary } from '@aws-sdk/client-accessanalyzer';
import type { AdvancedEventSelector, EventSelector, GetTrailStatusResponse, Trail } from '@aws-sdk/client-cloudtrail';
import type { GetKeyRotationStatusResponse, KeyMetadata } from '@aws-sdk/client-kms';
import { arn, LONG_AGO, uuid, type Described, type Place } from './common.ts';

/** A trail in its home Region, with its status and event selectors. */
export type TrailDescription = Described<Trail> & {
  IsLogging?: boolean;
  Status?: Described<GetTrailStatusResponse>;
  EventSelectors?: Described<EventSelector>[];
  /** In the place of the others. */
  AdvancedEventSelectors?: Described<AdvancedEventSelector>[];
};

/** An analyzer with its findings. */
export type Analyzer = Described<AnalyzerSummary> & { Findings?: Described<FindingSummary>[] };

/** A KMS key; Rotation is its rotation status, Denied the operations that the key policy refuses to everybody. */
export type Key = Described<KeyMetadata> & {
  Policy?: object;
  Aliases?: string[];
  Rotation?: Described<GetKeyRotationStatusResponse>;
  Denied?: string[];
};

export function cloudtrailOf(trail: TrailDescription, place: Place): TrailDescription {
  return {
    IncludeGlobalServiceEvents: true,
    IsMultiRegionTrail: false,
    LogFileValidationEnabled: false,
    HasCustomEventSelectors: Boolean(trail.EventSelectors ?? trail.AdvancedEventSelectors),
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

export function analyzerOf(analyzer: Analyzer, place: Place): Analyzer {
  return {
    arn: arn('access-analyzer', place, `analyzer/${analyzer.name}`),
    type: 'ACCOUNT',
    status: 'ACTIVE',
    createdAt: LONG_AGO,
    ...analyzer,
    Findings: (analyzer.Findings ?? []).map((finding) => ({
      id: uuid(place.account, place.region, finding.resource ?? '', finding.createdAt ?? ''),
      condition: {},
      status: 'ACTIVE',
      isPublic: false,
      resourceOwnerAccount: place.account,
      resourceControlPolicyRestriction: 'NOT_APPLICABLE',
      analyzedAt: finding.createdAt,
      updatedAt: finding.createdAt,
      ...finding,
    })),
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
    Policy: key.KeyManager === 'AWS' ? ofService(place.account) : ofAccount(place.account),
    ...key,
    KeyId,
    Rotation: { KeyRotationEnabled: key.KeyManager === 'AWS', ...key.Rotation },
  };
}

/** The policy that KMS gives to a key when nobody else does. */
function ofAccount(account: string): object {
  return {
    Version: '2012-10-17',
    Id: 'key-default-1',
    Statement: [
      {
        Sid: 'Enable IAM User Permissions',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${account}:root` },
        Action: 'kms:*',
        Resource: '*',
      },
    ],
  };
}

/** The policy of an AWS managed key: everybody of the account, by way of the service. */
function ofService(account: string): object {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Allow access through the service',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey*', 'kms:CreateGrant', 'kms:DescribeKey'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': account } },
      },
    ],
  };
}
