import { createHash } from 'node:crypto';

/** An SDK shape as the description file has it: anything may be missing, times and bytes are text. */
export type Described<T> = T extends Date | Uint8Array
  ? string
  : T extends readonly (infer U)[]
    ? Described<U>[]
    : T extends object
      ? { [K in keyof T]?: Described<T[K]> | undefined }
      : T;

export interface Place {
  readonly account: string;
  readonly region: string;
}

/** The times of things that the description does not date. */
export const LONG_AGO = '2021-03-04T09:12:00.000Z';

function digest(seed: string): Buffer {
  return createHash('sha1').update(seed).digest();
}

/** An EC2-like identifier, always the same for the same seed: `i-0` and 16 hexadecimal digits. */
export function hexId(prefix: string, ...seed: readonly string[]): string {
  return `${prefix}-0${digest([prefix, ...seed].join('/'))
    .toString('hex')
    .slice(0, 16)}`;
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** An IAM-like identifier, always the same for the same seed: the prefix and 17 letters and digits. */
export function letterId(prefix: string, ...seed: readonly string[]): string {
  const bytes = digest(seed.join('/'));
  return prefix + Array.from(bytes.subarray(0, 17), (byte) => BASE32[byte % 32]).join('');
}

export function arn(service: string, { account, region }: Place, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}

/** A UUID-like identifier, always the same for the same seed. */
export function uuid(...seed: readonly string[]): string {
  const hex = digest(seed.join('/')).toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `a${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}
