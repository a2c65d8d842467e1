import { createGunzip, gunzipSync, gzip, gzipSync } from 'node:zlib';
import { promisify } from 'node:util';
import { Readable } from 'node:stream';
import type { Store } from './store.ts';

const compress = promisify(gzip);
/** Lines are compressed in pieces of about this size: gzip members may follow one another (RFC 1952), and memory stays small. */
const PIECE_BYTES = 1 << 20;
/** What takes less time than handing it to another thread and back. Compressed, it may have been some MB. */
const SMALL_BYTES = 1 << 16;

export interface Writer<V> {
  write(value: V): Promise<unknown> | undefined;
  /** Stores the object unless nothing was written; says how many lines it holds. */
  close(): Promise<number>;
}

/** Writes values as lines of JSON, gzipped, to one object of the store. */
export function ndjsonWriter<V>(store: Store, key: string): Writer<V> {
  const pieces: Promise<Uint8Array>[] = [];
  let lines: string[] = [];
  let size = 0;
  let count = 0;

  /** Compressing goes on beside the writing, by one piece: who writes waits for the piece before. */
  function flush(): Promise<unknown> | undefined {
    const text = lines.join('');
    lines = [];
    size = 0;
    const before = pieces.at(-1);
    pieces.push(text.length < SMALL_BYTES ? Promise.resolve(gzipSync(text)) : compress(text));
    return before;
  }
  return {
    write(value) {
      const line = `${JSON.stringify(value)}\n`;
      lines.push(line);
      size += line.length;
      count += 1;
      return size < PIECE_BYTES ? undefined : flush();
    },
    async close() {
      if (lines.length > 0) void flush();
      if (count > 0) await store.put(key, Buffer.concat(await Promise.all(pieces)), 'application/x-ndjson');
      return count;
    },
  };
}

/** Streams the values of an object that ndjsonWriter made. A missing object holds none. Throws an error that names key and line when it is damaged. */
export async function* ndjson<V>(store: Store, key: string): AsyncGenerator<V> {
  const body = await store.get(key);
  if (!body) return;
  let number = 0;
  try {
    for await (const line of linesOf(unpacked(body))) {
      number += 1;
      yield JSON.parse(line) as V;
    }
  } catch (error) {
    if (!isDamage(error)) throw error;
    throw new Error(`${store.url}: ${key} is damaged after line ${number}: ${error.message}`, { cause: error });
  }
}

function unpacked(body: Uint8Array): Iterable<Buffer> | AsyncIterable<Buffer> {
  if (body.length < SMALL_BYTES) return [gunzipSync(body)];
  return Readable.from([body]).pipe(createGunzip());
}

function isDamage(error: unknown): error is Error {
  return (
    error instanceof SyntaxError ||
    (error instanceof Error && String((error as NodeJS.ErrnoException).code).startsWith('Z_'))
  );
}

async function* linesOf(chunks: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop()!;
    yield* lines;
  }
  if (rest) yield rest;
}
