import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signingHash } from '../../lib/aws/signing.ts';

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const data = fc.uint8Array({ maxLength: 300 });
const secret = fc.oneof(fc.string({ minLength: 1 }), fc.uint8Array({ minLength: 1, maxLength: 64 }));

it('hashes as Node.js does, in however many parts, and again from the start after a reset', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(data), data, async (parts, next) => {
      const hash = new (signingHash())();
      for (const part of parts) hash.update(part);
      expect(hex(await hash.digest())).toBe(createHash('sha256').update(Buffer.concat(parts)).digest('hex'));
      hash.reset();
      hash.update(next);
      expect(hex(await hash.digest())).toBe(createHash('sha256').update(next).digest('hex'));
    }),
  );
});

it('signs as Node.js does, with whatever was signed before', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(secret, data)), async (pairs) => {
      const Hash = signingHash();
      for (const [key, text] of [...pairs, ...pairs]) {
        const hash = new Hash(key);
        hash.update(text);
        expect(hex(await hash.digest())).toBe(createHmac('sha256', key).update(text).digest('hex'));
      }
    }),
  );
});

it('derives the key of the example in the IAM user guide', async () => {
  const Hash = signingHash();
  let key: string | Uint8Array = 'AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';
  for (const part of ['20150830', 'us-east-1', 'iam', 'aws4_request']) {
    const hash: InstanceType<typeof Hash> = new Hash(key);
    hash.update(Buffer.from(part));
    key = await hash.digest();
  }
  expect(hex(key as Uint8Array)).toBe('c4afb1cc5771d871763a393e44b703571b55cc28424d1a5e86da6ed3c154a4b9');
});
