/** The default encryption of a bucket, as its facet tells it. */
export interface Encryption {
  readonly algorithm: string;
  readonly keyId: string | null;
}

/** The values that the API documents. The last two are set by services for buckets of their own. */
export const ALGORITHMS: readonly string[] = ['AES256', 'aws:kms', 'aws:kms:dsse', 'aws:fsx', 'aws:backup'];

/** Are new objects encrypted with a KMS key? Then reading one takes permission to use the key as well. */
export function usesKms(encryption: Encryption | null): boolean {
  return encryption !== null && ['aws:kms', 'aws:kms:dsse'].includes(encryption.algorithm);
}

/** Does the bucket name a key other than the AWS managed one? Without a name, and as alias/aws/s3, it is that one. */
export function namesCustomerKey({ keyId }: Encryption): boolean {
  return keyId !== null && keyId !== '' && !/(^|:)alias\/aws\/s3$/.test(keyId);
}

/** Does the bucket refuse objects that are encrypted with a key of the caller's? Null: S3 does not say, which can mean either. */
export function refusesCallerKeys({
  blockedTypes,
}: {
  readonly blockedTypes: readonly string[] | null;
}): boolean | null {
  return blockedTypes && blockedTypes.includes('SSE-C');
}
