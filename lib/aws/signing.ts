import { createHmac, createSecretKey, hash, type KeyObject } from 'node:crypto';
import type { Checksum, ChecksumConstructor, SourceData } from '@smithy/types';

/** The parts of a scope and access key ids are shorter, what is signed is longer. */
const LONGEST_KEPT = 128;

/** What was derived from one key. */
interface Derived {
  readonly key: KeyObject;
  readonly answers: Map<string, Promise<Uint8Array>>;
}

/**
 * SHA-256 for the signatures of one session. A signature's key is derived from date, Region and service in four steps; the SDK keeps
 * 50 of these, and an account has some 300 pairs of service and Region that are called in turn. Here all are kept, as long as the session.
 */
export function signingHash(): ChecksumConstructor {
  const ofText = new Map<string, Derived>();
  const ofBytes = new WeakMap<object, Derived>();

  function derivedFrom(secret: SourceData): Derived {
    const known = typeof secret === 'string' ? ofText.get(secret) : ofBytes.get(secret);
    if (known) return known;
    const derived = { key: createSecretKey(bytesOf(secret)), answers: new Map() };
    if (typeof secret === 'string') ofText.set(secret, derived);
    else ofBytes.set(secret, derived);
    return derived;
  }

  function hmac(secret: SourceData, data: Uint8Array): Promise<Uint8Array> {
    const { key, answers } = derivedFrom(secret);
    const compute = async () => plain(createHmac('sha256', key).update(data).digest());
    if (data.length > LONGEST_KEPT) return compute();
    const text = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('latin1');
    if (!answers.has(text)) answers.set(text, compute());
    return answers.get(text)!;
  }

  return class SigningHash implements Checksum {
    readonly #secret: SourceData | undefined;
    #parts: Uint8Array[] = [];
    constructor(secret?: SourceData) {
      this.#secret = secret;
    }
    update(data: SourceData): void {
      this.#parts.push(bytesOf(data));
    }
    digest(): Promise<Uint8Array> {
      const data = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
      if (this.#secret !== undefined) return hmac(this.#secret, data);
      return Promise.resolve(plain(hash('sha256', data, 'buffer')));
    }
    reset(): void {
      this.#parts = [];
    }
  };
}

/** Not a Buffer: what the SDK's own hash answers with. */
const plain = (buffer: Buffer): Uint8Array => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength);

function bytesOf(data: SourceData): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
