import { findSecrets, type Match } from './find.ts';
import { lineIn, unpack } from './unpack.ts';

/** What is kept of user data: never the data. */
export interface UserData {
  /** 'binary' where some of it is not text: then it cannot be told that there are no secrets besides the matches. */
  readonly kind: 'text' | 'empty' | 'binary';
  readonly matches: readonly Match[];
}

/**
 * Searches user data, as EC2 returns it in base64, for secrets. Lines are those of the text after base64 and gzip were undone; a
 * secret in a part that is encoded once more has the line on which that part begins. Never throws.
 */
export function readUserData(base64: string): UserData {
  if (base64.trim() === '') return { kind: 'empty', matches: [] };
  const bytes = Buffer.from(base64, 'base64');
  const pieces = unpack(bytes);
  const found = pieces.flatMap(({ text, place }) =>
    findSecrets(text).map((match) => ({ ...match, line: lineIn(place, match.line) })),
  );
  return { kind: kindOf(pieces, bytes), matches: distinct(found) };
}

function kindOf(pieces: ReturnType<typeof unpack>, bytes: Buffer): UserData['kind'] {
  if (bytes.length === 0 || pieces.some(({ isBinary }) => isBinary)) return 'binary';
  return pieces.every(({ text }) => text.trim() === '') ? 'empty' : 'text';
}

/** Parts of an archive are also read where they stand in it. */
function distinct(matches: readonly Match[]): Match[] {
  const byKey = new Map(matches.map((match) => [`${match.line} ${match.pattern} ${match.hash}`, match]));
  return [...byKey.values()].toSorted((a, b) => a.line - b.line);
}
