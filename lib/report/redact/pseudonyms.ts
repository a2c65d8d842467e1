import { createHmac, createSecretKey } from 'node:crypto';
import { isIP, isIPv6 } from 'node:net';
import { isHarmlessName, isKind } from './harmless.ts';

/** Stand-ins for what must not be read. Of one key, a text always has the same. */
export interface Pseudonyms {
  /** 12 digits for 12 digits; no two accounts have the same. */
  account(id: string): string;
  /** A name, an id, an ARN, an address: in a form that still says what it is. What AWS has named is left as it is. */
  name(text: string): string;
  arn(text: string): string;
  /** Hexadecimal digits in place of a digest: what is digested could be guessed and tried. */
  digest(text: string): string;
  /** A text as a whole. */
  words(kind: string, text: string): string;
  /** What has been replaced, with its stand-in. */
  readonly known: ReadonlyMap<string, string>;
}

const HALF = 1_000_000;
const ROUNDS = 8;
const ALPHABET = 'abcdefghijkmnpqrstuvwxyz23456789';
/** 60 bits: of a million names, two are alike once in a million exports; that is noticed below. */
const WORD_LENGTH = 12;
const SHORTEST_HEX = 16;
/** Ids of 8 digits, as AWS gave until 2018, get as many as those of today: 8 would not keep them apart. */
const ID_DIGITS = 17;

const ACCOUNT = /^\d{12}$/;
const ARN = /^arn:([^:]*):([^:]*):([^:]*):([^:]*):(.+)$/s;
const PLACE = /^ronda:(\d{12}):(.*)$/s;
const MAIL = /^[^\s@]+@[^\s@]+$/;
const URL_TEXT = /^[a-z][a-z0-9+]*:\/\//i;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const HEX = /^[0-9a-f]{12,128}$/;
export const ID_PREFIXES =
  'acl|ami|carrier|cgw|cvpn-endpoint|dopt|eice|eigw|eipalloc|eipassoc|eni|eni-attach|fl|fs|fsap|i|igw|lgw|lt|mi|nat|pcx|pl|r|rtb|rtbassoc|sg|sgr|snap|subnet|tgw|tgw-attach|tgw-rtb|vgw|vol|vpc|vpc-cidr-assoc|vpce|vpce-svc|vpcbpa-exclude|vpn';
const AWS_ID = new RegExp(`^(${ID_PREFIXES})-([0-9a-f]{8}|[0-9a-f]{17})$`);
const ORGANISATION = /^(o|r|ou)-([0-9a-z]{4,32}(?:-[0-9a-z]{8,32})?)$/;
const PRINCIPAL = /^(A(?:KIA|SIA|ROA|IDA|GPA|NPA|NVA|PKA|SCA|BIA|CCA|3T))([A-Z0-9]{12,})$/;
const DOMAIN = /^(?:[a-z0-9_-]+\.)+[a-z]{2,}$/i;

/** Throws an Error should two texts ever have one stand-in. */
export function pseudonyms(key: Uint8Array): Pseudonyms {
  const known = new Map<string, string>();
  const taken = new Map<string, string>();

  const secret = createSecretKey(key);
  const mac = (kind: string, text: string) => createHmac('sha256', secret).update(`${kind}\0${text}`).digest();
  const word = (kind: string, text: string, length = WORD_LENGTH) =>
    Array.from(mac(kind, text).subarray(0, length), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  const hex = (kind: string, text: string, length: number): string => {
    const digits = mac(kind, text).toString('hex');
    return digits.length >= length ? digits.slice(0, length) : digits + hex(`${kind}+`, text, length - digits.length);
  };

  function claimed(text: string, standIn: string): string {
    const other = taken.get(standIn);
    if (other !== undefined && other !== text) throw new Error('two names have one pseudonym: redact with another key');
    taken.set(standIn, text);
    known.set(text, standIn);
    return standIn;
  }

  /** A Feistel network over two halves of six digits: a permutation, so no two accounts meet. */
  function account(id: string): string {
    const before = known.get(id);
    if (before !== undefined) return before;
    if (!ACCOUNT.test(id)) return name(id);
    let [left, right] = [Number(id.slice(0, 6)), Number(id.slice(6))];
    for (let round = 0; round < ROUNDS; round += 1)
      [left, right] = [right, (left + (mac('account', `${round} ${right}`).readUIntBE(0, 6) % HALF)) % HALF];
    const standIn = [left, right].map((half) => String(half).padStart(6, '0')).join('');
    known.set(id, standIn);
    return standIn;
  }

  function network(text: string): string {
    const [address, length] = text.split('/') as [string, string?];
    const kind = isPrivate(address) ? 'private-ip' : 'public-ip';
    return `${kind}-${word('address', address)}${length === undefined ? '' : `/${length}`}`;
  }

  function arn(text: string): string {
    const before = known.get(text);
    if (before !== undefined) return before;
    const place = PLACE.exec(text);
    if (place) return `ronda:${account(place[1]!)}:${place[2]}`;
    const parts = ARN.exec(text);
    if (!parts) return name(text);
    const [, partition, service, region, owner, rest] = parts as unknown as [string, ...string[]];
    if (owner === 'aws') return text;
    // The ARN of a bucket begins with its name, of an access point with the word.
    const hasKind = service !== 's3' || owner !== '';
    const standIn = ['arn', partition, service, name(region!), name(owner!), segments(rest!, hasKind)].join(':');
    known.set(text, standIn);
    return standIn;
  }

  /** What stands between slashes and colons, each for itself: the parts of an ARN are names that stand alone elsewhere. */
  function segments(text: string, hasKind: boolean): string {
    const parts = text.split(/([/:])/);
    const isKept = (part: string, index: number) =>
      /^(?:[/:]|\d{0,4})$/.test(part) || (hasKind && isKindAt(parts, index));
    return parts.map((part, index) => (isKept(part, index) ? part : name(part))).join('');
  }

  function named(text: string): string {
    if (ACCOUNT.test(text)) return account(text);
    if (isAddress(text)) return claimed(text, network(text));
    if (MAIL.test(text)) return claimed(text, `mail-${word('mail', text)}`);
    if (URL_TEXT.test(text)) return claimed(text, `url-${word('url', text)}`);
    if (UUID.test(text))
      return claimed(text, hex('uuid', text, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-'));
    if (HEX.test(text)) return claimed(text, hex('hex', text, Math.max(text.length, SHORTEST_HEX)));
    const id = AWS_ID.exec(text);
    if (id) return claimed(text, `${id[1]}-${hex('id', text, ID_DIGITS)}`);
    const organisation = ORGANISATION.exec(text);
    if (organisation) return claimed(text, `${organisation[1]}-${word('organisation', text)}`);
    const principal = PRINCIPAL.exec(text);
    if (principal) return claimed(text, `${principal[1]}${word('principal', text, 17).toUpperCase()}`);
    if (DOMAIN.test(text)) return claimed(text, `host-${word('name', text)}`);
    return claimed(text, `name-${word('name', text)}`);
  }

  function name(text: string): string {
    if (isHarmlessName(text) || text === '0.0.0.0/0' || text === '::/0') return text;
    const before = known.get(text);
    if (before !== undefined) return before;
    if (ARN.test(text) || PLACE.test(text)) return arn(text);
    const isWhole = isAddress(text) || URL_TEXT.test(text) || MAIL.test(text) || /\s/.test(text);
    if (isWhole || !/[/:]/.test(text)) return named(text);
    const standIn = segments(text, true);
    known.set(text, standIn);
    return standIn;
  }

  return {
    account,
    name,
    arn,
    digest: (text) => hex('digest', text, text.length),
    words: (kind, text) => (text === '' ? '' : claimed(text, `${kind}-${word(kind, text)}`)),
    known,
  };
}

/** The kind that a name in an ARN is of stands before it. */
function isKindAt(parts: readonly string[], index: number): boolean {
  return index + 2 < parts.length && isKind(parts[index]!);
}

function isAddress(text: string): boolean {
  const [address, length, ...more] = text.split('/') as [string, string?];
  return more.length === 0 && isIP(address) !== 0 && (length === undefined || /^\d{1,3}$/.test(length));
}

/** RFC 1918, 6598, 3927 and 4193, link-local and loopback. */
function isPrivate(address: string): boolean {
  if (isIPv6(address)) return /^(?:f[cd]|fe[89ab]|::1$)/i.test(address);
  const [a, b] = address.split('.').map(Number) as [number, number];
  return (
    a === 10 ||
    a === 127 ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && b === 168) ||
    (a === 169 && b === 254) ||
    (a === 100 && b >= 64 && b < 128)
  );
}
