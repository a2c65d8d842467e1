import { folderStore } from './folder.ts';
import type { Store } from './store.ts';

/** Opens `s3://bucket[/prefix]` or a folder. */
export async function openStore(url: string): Promise<Store> {
  if (!url.startsWith('s3://')) return folderStore(url);
  const [bucket, ...path] = url.slice('s3://'.length).split('/');
  if (!bucket) throw new Error(`${url} names no bucket: write s3://bucket or s3://bucket/prefix`);
  const { s3Store } = await import('./s3.ts');
  const prefix = path.filter(Boolean).join('/');
  return s3Store(bucket, prefix && `${prefix}/`);
}
