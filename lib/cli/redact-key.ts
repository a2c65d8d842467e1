import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';

const KEY_BYTES = 32;
/** Less could be tried out. */
const LEAST_BYTES = 16;

/** The key of pseudonyms: of a file, so that exports agree, or one that nobody keeps. */
export async function redactKey(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined) return randomBytes(KEY_BYTES);
  const key = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw new UserError(
      `cannot read the key ${file}: ${error.code ?? error.message}. Make one: openssl rand -hex 32 > ${file}`,
    );
  });
  const text = key.toString('latin1').trim();
  if (text.length < LEAST_BYTES)
    throw new UserError(
      `the key ${file} has fewer than ${LEAST_BYTES} bytes. Make one: openssl rand -hex 32 > ${file}`,
    );
  return Buffer.from(text, 'latin1');
}
