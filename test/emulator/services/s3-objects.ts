import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type {
  AbortMultipartUploadRequest,
  CompleteMultipartUploadOutput,
  CompleteMultipartUploadRequest,
  CreateMultipartUploadOutput,
  CreateMultipartUploadRequest,
  DeleteObjectRequest,
  DeleteObjectsOutput,
  DeleteObjectsRequest,
  GetObjectRequest,
  ListObjectsV2Output,
  ListObjectsV2Request,
  PutObjectOutput,
  PutObjectRequest,
  UploadPartOutput,
  UploadPartRequest,
} from '@aws-sdk/client-s3';
import { hexId, type Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import type { StoredObject } from '../state.ts';
import { page, type Context, type PageRules } from './context.ts';
import { bucketOf } from './s3-buckets.ts';

const PAGES: PageRules = {
  min: 0,
  max: 1000,
  byDefault: 1000,
  badToken: () => new AwsError(400, 'InvalidArgument', 'The continuation token provided is incorrect'),
};

interface Sent {
  readonly Body?: unknown;
  readonly ContentType?: string | undefined;
  readonly ContentEncoding?: string | undefined;
  readonly Metadata?: Record<string, string> | undefined;
  readonly ChecksumCRC32?: string | undefined;
}

export const objects = {
  PutObject(input: PutObjectRequest, context: Context): Described<PutObjectOutput> {
    const path = pathOf(input, context);
    const existing = context.state.objects.get(path);
    if ((input.IfNoneMatch === '*' && existing) || (input.IfMatch && existing?.etag !== input.IfMatch))
      throw new AwsError(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold');
    const stored = storedFrom(input, (input.Body as unknown as Buffer | undefined) ?? Buffer.alloc(0));
    const ChecksumCRC32 = checksum(stored.body);
    if (input.ChecksumCRC32 && input.ChecksumCRC32 !== ChecksumCRC32)
      throw new AwsError(400, 'BadDigest', 'The CRC32 you specified did not match the calculated checksum.');
    context.state.objects.set(path, stored);
    return { ETag: stored.etag, ChecksumCRC32, ChecksumType: 'FULL_OBJECT', ServerSideEncryption: 'AES256' };
  },

  GetObject(input: GetObjectRequest, context: Context): object {
    const stored = objectAt(pathOf(input, context), context, input.Key);
    if (input.IfNoneMatch === stored.etag) throw new AwsError(304, 'NotModified', 'Not Modified');
    const isWhole = input.ChecksumMode === 'ENABLED';
    return { ...headersOf(stored), Body: stored.body, ...(isWhole ? { ChecksumCRC32: checksum(stored.body) } : {}) };
  },

  HeadObject(input: GetObjectRequest, context: Context): object {
    return headersOf(objectAt(pathOf(input, context), context, input.Key));
  },

  DeleteObject(input: DeleteObjectRequest, context: Context): object {
    context.state.objects.delete(pathOf(input, context));
    return {};
  },

  DeleteObjects(input: DeleteObjectsRequest, context: Context): Described<DeleteObjectsOutput> {
    bucketOf(input, context);
    const keys = input.Delete?.Objects ?? [];
    for (const { Key } of keys) context.state.objects.delete(`${input.Bucket}/${Key}`);
    return input.Delete?.Quiet ? {} : { Deleted: keys.map(({ Key }) => ({ Key })) };
  },

  ListObjectsV2(input: ListObjectsV2Request, context: Context): Described<ListObjectsV2Output> {
    const { Name } = bucketOf(input, context);
    const { Prefix = '', Delimiter, StartAfter = '', EncodingType } = input;
    const keys = [...context.state.objects.keys()]
      .filter((path) => path.startsWith(`${Name}/${Prefix}`))
      .map((path) => path.slice(Name.length + 1))
      .filter((key) => key > StartAfter)
      .toSorted((a, b) => (a < b ? -1 : 1));
    const entries = [...new Set(keys.map((key) => rolledUp(key, Prefix, Delimiter)))];
    const { items, next } = page(entries, context, PAGES, input.MaxKeys, input.ContinuationToken);
    const isPrefix = (entry: string) => Delimiter !== undefined && entry.endsWith(Delimiter) && !keys.includes(entry);
    const encoded = (key: string) => (EncodingType === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
    return {
      Name,
      Prefix,
      KeyCount: items.length,
      MaxKeys: input.MaxKeys ?? 1000,
      IsTruncated: next !== undefined,
      ...(Delimiter ? { Delimiter } : {}),
      ...(EncodingType ? { EncodingType } : {}),
      ...(next ? { NextContinuationToken: next } : {}),
      Contents: items
        .filter((entry) => !isPrefix(entry))
        .map((key) => listed(encoded(key), context.state.objects.get(`${Name}/${key}`)!)),
      CommonPrefixes: items.filter(isPrefix).map((entry) => ({ Prefix: encoded(entry) })),
    };
  },

  CreateMultipartUpload(input: CreateMultipartUploadRequest, context: Context): Described<CreateMultipartUploadOutput> {
    const path = pathOf(input, context);
    const UploadId = hexId('upload', path, String(context.state.uploads.size));
    context.state.uploads.set(UploadId, {
      path,
      headers: storedFrom(input, Buffer.alloc(0)),
      parts: new Map(),
    });
    return { Bucket: input.Bucket, Key: input.Key, UploadId };
  },

  UploadPart(input: UploadPartRequest, context: Context): Described<UploadPartOutput> {
    const body = (input.Body as unknown as Buffer | undefined) ?? Buffer.alloc(0);
    uploadOf(input, context).parts.set(input.PartNumber!, body);
    return { ETag: etag(body), ChecksumCRC32: checksum(body) };
  },

  CompleteMultipartUpload(
    input: CompleteMultipartUploadRequest,
    context: Context,
  ): Described<CompleteMultipartUploadOutput> {
    const { path, headers, parts } = uploadOf(input, context);
    const numbers = (input.MultipartUpload?.Parts ?? []).map(({ PartNumber }) => PartNumber!);
    if (numbers.length === 0 || numbers.some((number) => !parts.has(number)))
      throw new AwsError(400, 'InvalidPart', 'One or more of the specified parts could not be found.');
    const body = Buffer.concat(numbers.map((number) => parts.get(number)!));
    const stored = { ...storedFrom({}, body), ...headers, body, etag: `${etag(body).slice(0, -1)}-${numbers.length}"` };
    context.state.objects.set(path, stored);
    context.state.uploads.delete(input.UploadId!);
    return { Bucket: input.Bucket, Key: input.Key, ETag: stored.etag, Location: `http://${input.Bucket}/${input.Key}` };
  },

  AbortMultipartUpload(input: AbortMultipartUploadRequest, context: Context): object {
    uploadOf(input, context);
    context.state.uploads.delete(input.UploadId!);
    return {};
  },
};

interface OfObject {
  readonly Bucket?: string | undefined;
  readonly Key?: string | undefined;
}

function pathOf(input: OfObject, context: Context): string {
  return `${bucketOf(input, context).Name}/${input.Key}`;
}

function uploadOf(input: OfObject & { readonly UploadId?: string | undefined }, context: Context) {
  const upload = context.state.uploads.get(input.UploadId ?? '');
  if (!upload || upload.path !== pathOf(input, context))
    throw new AwsError(404, 'NoSuchUpload', 'The specified upload does not exist.');
  return upload;
}

function objectAt(path: string, { state }: Context, Key = ''): StoredObject {
  const stored = state.objects.get(path);
  if (!stored) throw new AwsError(404, 'NoSuchKey', 'The specified key does not exist.', { detail: { Key } });
  return stored;
}

/** An object as it is stored; tests put some in place with it. */
export function storedFrom(sent: Sent, body: Buffer): StoredObject {
  return {
    body,
    etag: etag(body),
    lastModified: new Date().toISOString(),
    contentType: sent.ContentType ?? 'binary/octet-stream',
    contentEncoding: sent.ContentEncoding?.replace(/aws-chunked,?\s*/, '') || undefined,
    metadata: sent.Metadata ?? {},
  };
}

function headersOf(stored: StoredObject): object {
  return {
    ETag: stored.etag,
    LastModified: stored.lastModified,
    ContentLength: stored.body.length,
    ContentType: stored.contentType,
    ContentEncoding: stored.contentEncoding,
    Metadata: stored.metadata,
    AcceptRanges: 'bytes',
  };
}

function listed(Key: string, stored: StoredObject) {
  return {
    Key,
    LastModified: stored.lastModified,
    ETag: stored.etag,
    Size: stored.body.length,
    StorageClass: 'STANDARD' as const,
  };
}

function rolledUp(key: string, prefix: string, delimiter: string | undefined): string {
  const at = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
  return at < 0 ? key : key.slice(0, at + delimiter!.length);
}

function etag(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`;
}

function checksum(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}
