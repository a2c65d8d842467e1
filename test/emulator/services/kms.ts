import type {
  DescribeKeyRequest,
  DescribeKeyResponse,
  GetKeyPolicyRequest,
  GetKeyPolicyResponse,
  GetKeyRotationStatusRequest,
  GetKeyRotationStatusResponse,
  ListAliasesRequest,
  ListAliasesResponse,
  ListKeysRequest,
  ListKeysResponse,
} from '@aws-sdk/client-kms';
import type { Key } from '../defaults/audit.ts';
import { arn, LONG_AGO, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const pages = (max: number, byDefault: number): PageRules => ({
  min: 1,
  max,
  byDefault,
  badSize: (size) =>
    new AwsError(400, 'ValidationException', `1 validation error detected: Value '${size}' at 'limit' is out of range`),
  badToken: () => new AwsError(400, 'InvalidMarkerException', 'The marker is not valid.'),
});
const KEY_PAGES = pages(1000, 100);
const ALIAS_PAGES = pages(100, 50);

export const kms = {
  ListKeys(input: ListKeysRequest, context: Context): Described<ListKeysResponse> {
    const keys = context.here.kms.Keys.map(({ KeyId, Arn }) => ({ KeyId, KeyArn: Arn }));
    const { items, next } = page(keys, context, KEY_PAGES, input.Limit, input.Marker);
    return { Keys: items, Truncated: next !== undefined, ...(next ? { NextMarker: next } : {}) };
  },

  DescribeKey(input: DescribeKeyRequest, context: Context): Described<DescribeKeyResponse> {
    const { Aliases: _a, Rotation: _r, Denied: _d, Policy: _p, ...KeyMetadata } = keyOf(input.KeyId, context);
    return { KeyMetadata };
  },

  GetKeyRotationStatus(input: GetKeyRotationStatusRequest, context: Context): Described<GetKeyRotationStatusResponse> {
    const { KeySpec, Origin, KeyState, Arn, Rotation } = keyOf(input.KeyId, context);
    if (KeySpec !== 'SYMMETRIC_DEFAULT' || Origin !== 'AWS_KMS')
      throw new AwsError(400, 'UnsupportedOperationException', `${Arn} does not support automatic rotation.`);
    if (KeyState === 'PendingDeletion')
      throw new AwsError(400, 'KMSInvalidStateException', `${Arn} is pending deletion.`);
    return { KeyId: Arn, ...(Rotation?.KeyRotationEnabled ? { RotationPeriodInDays: 365 } : {}), ...Rotation };
  },

  GetKeyPolicy(input: GetKeyPolicyRequest, context: Context): Described<GetKeyPolicyResponse> {
    const { Policy, Arn } = keyOf(input.KeyId, context);
    // The only name that there is.
    const PolicyName = 'default';
    if (input.PolicyName !== undefined && input.PolicyName !== PolicyName)
      throw new AwsError(400, 'NotFoundException', `No such policy exists on ${Arn}`);
    return { Policy: JSON.stringify(Policy), PolicyName };
  },

  ListAliases(input: ListAliasesRequest, context: Context): Described<ListAliasesResponse> {
    const place = { account: context.account.id, region: context.region };
    const keys = input.KeyId ? [keyOf(input.KeyId, context)] : context.here.kms.Keys;
    const aliases = keys.flatMap(({ Aliases = [], KeyId }) =>
      Aliases.map((AliasName) => ({
        AliasName,
        AliasArn: arn('kms', place, AliasName),
        TargetKeyId: KeyId,
        CreationDate: LONG_AGO,
        LastUpdatedDate: LONG_AGO,
      })),
    );
    const { items, next } = page(aliases, context, ALIAS_PAGES, input.Limit, input.Marker);
    return { Aliases: items, Truncated: next !== undefined, ...(next ? { NextMarker: next } : {}) };
  },
};

/** A key by id, ARN, alias name or alias ARN. */
function keyOf(id = '', context: Context): Key {
  const name = id.startsWith('arn:')
    ? id
        .split(':')
        .slice(5)
        .join(':')
        .replace(/^key\//, '')
    : id;
  const key = context.here.kms.Keys.find((one) => one.KeyId === name || one.Aliases?.includes(name));
  if (!key) {
    const wanted = name.startsWith('alias/') ? name : `key/${name}`;
    const full = arn('kms', { account: context.account.id, region: context.region }, wanted);
    throw new AwsError(
      400,
      'NotFoundException',
      `${wanted.startsWith('alias') ? 'Alias' : 'Key'} '${full}' does not exist`,
    );
  }
  if (key.Denied?.includes(context.operation))
    throw new AwsError(
      400,
      'AccessDeniedException',
      `User: ${context.callerArn} is not authorized to perform: kms:${context.operation} on resource: ${key.Arn} because no resource-based policy allows the kms:${context.operation} action`,
    );
  return key;
}
