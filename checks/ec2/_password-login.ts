import { lineIn, unpack } from '../../lib/secrets/unpack.ts';
import { readUserData, type UserData } from '../../lib/secrets/user-data.ts';

/** A place where user data lets people in by password; never the data. */
interface Sign {
  readonly sign: 'sshd' | 'cloud-config' | 'chpasswd' | 'passwd';
  /** Counted from 1, as for secrets in user data. */
  readonly line: number;
}
interface PasswordLogins {
  /** As for secrets in user data: of what is 'binary' it cannot be told that there is no sign. */
  readonly kind: UserData['kind'];
  readonly signs: readonly Sign[];
}

const SSHD = /\bPasswordAuthentication[ \t=]+["']?(yes|no)\b/gi;
const CLOUD_CONFIG = /^[ \t]*ssh_pwauth:[ \t]*["']?(?:true|yes|1)\b/i;
/** A password that stands there, and is not put in from elsewhere. The bounds keep the time in proportion to the text. */
const LITERAL = String.raw`[^\s"'$\x60|{]{1,128}`;
const ACCOUNT = String.raw`["']?[\w.-]{1,32}:${LITERAL}["']?`;
const CHPASSWD = new RegExp(
  String.raw`${ACCOUNT}[ \t]*\|[ \t]*(?:sudo[ \t]+)?(?:/usr/sbin/)?chpasswd\b|\bchpasswd[ \t]*<<<[ \t]*${ACCOUNT}`,
);
/** A key of cloud-config, with passwords under one of these keys in the lines after it. */
const CHPASSWD_KEY = /^[ \t]*chpasswd:/;
const CHPASSWD_LISTS = /\b(?:list|users):/;
const LINES_OF_CHPASSWD = 3;
const PASSWD = new RegExp(String.raw`["' \t]${LITERAL}["']?[ \t]*\|[ \t]*(?:sudo[ \t]+)?passwd[ \t]+--stdin\b`);
const COMMENT = /^[ \t]*#/;

/** Searches user data, as EC2 returns it in base64, for what enables logins by password. Never throws. */
export function readPasswordLogins(base64: string): PasswordLogins {
  const signs = unpack(Buffer.from(base64, 'base64')).flatMap(({ text, place }) =>
    signsIn(text.split('\n')).map(({ sign, line }) => ({ sign, line: lineIn(place, line) })),
  );
  // Parts of an archive are also read where they stand in it.
  const distinct = new Map(signs.map((one) => [`${one.sign} ${one.line}`, one]));
  return { kind: readUserData(base64).kind, signs: [...distinct.values()].toSorted((a, b) => a.line - b.line) };
}

function signsIn(lines: readonly string[]): Sign[] {
  return lines.flatMap((line, index) => {
    const sign = COMMENT.test(line) ? undefined : signOf(line, lines, index);
    return sign ? [{ sign, line: index + 1 }] : [];
  });
}

function signOf(line: string, lines: readonly string[], index: number): Sign['sign'] | undefined {
  // Where a line replaces one value by the other, as with sed, the last one stays.
  const [, value] = [...line.matchAll(SSHD)].at(-1) ?? [];
  if (value?.toLowerCase() === 'yes') return 'sshd';
  if (CLOUD_CONFIG.test(line)) return 'cloud-config';
  if (CHPASSWD.test(line)) return 'chpasswd';
  const key = CHPASSWD_KEY.test(line) ? lines.slice(index, index + LINES_OF_CHPASSWD) : [];
  if (key.some((one) => CHPASSWD_LISTS.test(one))) return 'chpasswd';
  return PASSWD.test(line) ? 'passwd' : undefined;
}
