/** The way to one value inside an output. */
export type Path = readonly (string | number)[];

/**
 * removed, null: knowledge that is lost. emptied, other, huge, text: an odd answer. `text` reaches into texts that hold JSON (policies)
 * and takes one of their values away.
 */
export const KINDS = ['removed', 'null', 'emptied', 'other', 'huge', 'text'] as const;
export type Kind = (typeof KINDS)[number];
export interface Mutation {
  /** The name of the answer that is changed. */
  readonly answer: string;
  readonly path: Path;
  readonly kind: Kind;
}

const isBranch = (value: unknown): value is Record<string | number, unknown> =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof Uint8Array);

/** Every path of an output, without the SDK's own metadata. */
export function* pathsOf(value: unknown, path: Path = []): Generator<Path> {
  if (!isBranch(value)) return;
  for (const [key, part] of Object.entries(value)) {
    if (key === '$metadata' || part === undefined) continue;
    const here = [...path, Array.isArray(value) ? Number(key) : key];
    yield here;
    yield* pathsOf(part, here);
  }
}

/** The path with every index as one: what differs in it is another field. */
export const shapeOf = (path: Path): string => path.map((step) => (typeof step === 'number' ? '*' : step)).join('.');

/** The output with the value changed; undefined where this kind of change does not apply to it. */
export function mutated(output: object, path: Path, kind: Kind): object | undefined {
  const holder = path.slice(0, -1).reduce((value, step) => (value as Record<string, unknown>)[step], output as unknown);
  const last = path.at(-1)!;
  const value = (holder as Record<string, unknown>)[last];
  // A list with an item less is another list, and no lost field.
  if (kind === 'removed')
    return Array.isArray(holder) ? undefined : along(output, path, ({ [last]: _removed, ...rest }) => rest);
  const made = CHANGES[kind](value);
  return made === value ? undefined : along(output, path, (whole) => withPart(whole, last, made));
}

/** The output without one item of a list. */
export function without(output: object, path: Path): object {
  return along(output, path, (whole) => (whole as unknown as unknown[]).toSpliced(path.at(-1) as number, 1) as never);
}

type Branch = Record<string | number, unknown>;

/** Copies what lies on the way alone: outputs are shared by all replays. */
function along(value: object, [step, ...rest]: Path, change: (holder: Branch) => Branch): object {
  const branch = value as Branch;
  if (rest.length === 0) return change(branch);
  return withPart(branch, step!, along(branch[step!] as object, rest, change));
}

function withPart(whole: Branch, step: string | number, part: unknown): Branch {
  return (Array.isArray(whole) ? whole.with(step as number, part) : { ...whole, [step]: part }) as Branch;
}

const LONG = 20_000;

const CHANGES: Record<Exclude<Kind, 'removed'>, (value: unknown) => unknown> = {
  null: () => null,
  emptied(value) {
    if (typeof value === 'string') return '';
    if (value instanceof Uint8Array) return new Uint8Array();
    if (Array.isArray(value)) return value.length === 0 ? value : [];
    return isBranch(value) ? {} : value;
  },
  other(value) {
    if (typeof value === 'string') return { odd: [7] };
    return Array.isArray(value) ? { odd: 'thing' } : 'odd';
  },
  huge(value) {
    if (typeof value === 'string') return 'x'.repeat(LONG);
    if (typeof value === 'number') return Number.MAX_VALUE;
    if (value instanceof Date) return new Date(Number.NaN);
    if (value instanceof Uint8Array) return new Uint8Array(LONG).fill(0xff);
    return Array.isArray(value) && value.length > 0 ? Array.from({ length: 500 }, () => value[0]) : value;
  },
  text(value) {
    if (typeof value !== 'string' || !/^(\{|\[|%7B)/.test(value)) return value;
    const isEncoded = value.startsWith('%');
    const text = isEncoded ? decodeURIComponent(value) : value;
    const less = text.replace(/"[A-Z][A-Za-z]*":\s*("[^"]*"|\[[^\]]*\]),?\s*/, '').replace(/,\s*\}/, '}');
    return isEncoded ? encodeURIComponent(less) : less;
  },
};
