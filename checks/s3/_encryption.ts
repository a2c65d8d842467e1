import { fail, pass, rated, unknown } from '../../lib/core/check.ts';
import type { Table, Verdict } from '../../lib/core/model.ts';
import { hasTag } from '../../lib/core/tags.ts';

interface Key {
  readonly id: string;
  readonly metadata: { readonly manager: string };
}

/** The default encryption of a bucket, as its facet tells it. */
export type Encryption = {
  readonly algorithm: string;
  readonly keyId: string | null;
};

/** The values that the API documents. The last two are set by services for buckets of their own. */
export const ALGORITHMS: readonly string[] = ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx', 'aws:backup'];

/** Are new objects encrypted with a KMS key? Then reading one takes permission to use the key as well. */
export function usesKms(encryption: Encryption | null): boolean {
  return encryption !== null && ['aws:kms', 'aws:kms:dsse'].includes(encryption.algorithm);
}

/**
 * Does the bucket name a customer managed key? Without a name it is the AWS managed key, as are aliases under alias/aws/. A key that
 * is not among the account's own, in the region of the bucket, is another account's, which shares none but customer managed ones.
 */
function namesCustomerKey({ keyId }: Encryption, keys: Table<Key>): boolean {
  if (keyId === null || keyId === '' || /(^|:)alias\/aws\//.test(keyId)) return false;
  if (/(^|:)alias\//.test(keyId)) return true;
  return keys.get(keyId)?.metadata.manager !== 'AWS';
}

interface Context {
  readonly keys: Table<Key>;
  readonly params: {
    readonly requireKms: boolean;
    readonly kmsTags: Readonly<Record<string, readonly string[]>>;
    readonly requireCustomerKey: boolean;
  };
}

/** Why the key is not one of those that are required for the bucket; null where it is. */
export function keyProblem(
  encryption: Encryption,
  bucket: { readonly tags?: Readonly<Record<string, string>> },
  { params, keys }: Context,
): string | null {
  if (params.requireCustomerKey && !namesCustomerKey(encryption, keys)) return 'no customer managed key is named';
  if (encryption.algorithm !== 'AES256') return null;
  const needsKms = params.requireKms || hasTag(bucket.tags, params.kmsTags);
  return needsKms ? 'encrypted with keys of S3, where a KMS key is required' : null;
}

/** Judges whether objects can be encrypted with a key of the caller's, where that matters. S3 not saying it can mean either. */
export function judgeCallerKeys(
  encryption: Encryption & { readonly blockedTypes: readonly string[] | null },
  mustRefuse: boolean,
): Verdict {
  const { algorithm, blockedTypes } = encryption;
  const encrypted = pass(`encrypted with ${algorithm}`, { encryption });
  if (!mustRefuse) return encrypted;
  if (!blockedTypes) return unknown('S3 does not say whether it refuses keys of the caller (SSE-C)');
  if (blockedTypes.includes('SSE-C')) return encrypted;
  const ransom = fail('keys of the caller (SSE-C) are accepted', { encryption });
  return rated('low', 'a risk of ransom, not of a leak', ransom);
}
