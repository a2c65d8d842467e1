import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { UserError } from '../core/errors.ts';
import type { Store } from './store.ts';

/** Keeps runs in an S3 bucket below a prefix ('' or 'a/b/'). The bucket's own settings encrypt. */
export function s3Store(
  bucket: string,
  prefix = '',
  client = new S3Client({ forcePathStyle: Boolean(process.env['AWS_ENDPOINT_URL']), followRegionRedirects: true }),
): Store {
  return {
    url: `s3://${bucket}/${prefix}`.replace(/\/$/, ''),
    async put(key, body, contentType) {
      const object = { Bucket: bucket, Key: prefix + key };
      try {
        await client.send(new PutObjectCommand({ ...object, Body: body, ContentType: contentType }));
      } catch (error) {
        // Messages of S3 name neither the bucket nor the object.
        const { name, message } = error as Error;
        throw new UserError(`s3://${bucket}/${object.Key} cannot be written: ${name}: ${message}`, { cause: error });
      }
    },
    async get(key) {
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: prefix + key }));
        return await Body!.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async list(below) {
      const found: string[] = [];
      for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix + below })) {
        for (const object of page.Contents ?? []) if (object.Key) found.push(object.Key.slice(prefix.length));
      }
      return found.toSorted();
    },
  };
}
