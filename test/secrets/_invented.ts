/** Invented secrets, put together at run time: no file may hold what a scanner of repositories would take for a live one. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
export const ALPHANUMERIC = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
export const HEXADECIMAL = '0123456789abcdef';
export const CAPITAL = `${LETTERS.toUpperCase()}234567`;

/** Characters of an alphabet in an order that looks random and is always the same. */
export function invented(length: number, alphabet: string = ALPHANUMERIC, seed = 7): string {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return alphabet[state % alphabet.length];
  }).join('');
}

export const accessKeyId = ['AK', 'IA', '2B7C', invented(12, CAPITAL)].join('');
/** Mixes capital and small letters and digits, as all real ones do. */
export const secretAccessKey = `aB3/${invented(36)}`;
export const password = ['Tr0ub4dor', '3'].join('&-');

export function pemHeader(kind: string, place = 'BEGIN'): string {
  return ['-----', place, ' ', kind, '-----'].join('');
}

export function pem(kind: string, lines = 12): string {
  const body = Array.from({ length: lines }, (_, line) => invented(64, `${ALPHANUMERIC}+/`, line + 1));
  return [pemHeader(kind), ...body, pemHeader(kind, 'END')].join('\n');
}
