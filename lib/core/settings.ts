import picomatch from 'picomatch';
import type { AnyCheck } from './evaluate.ts';
import type { ParamValue, Severity } from './model.ts';
import { isAtLeast } from './severity.ts';

/** Which checks run, and how strictly. Globs match whole ids (`s3-*`); an empty list of globs means all. */
export interface Settings {
  readonly checks?: readonly string[] | undefined;
  readonly skip?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
  /** Only checks of this severity or worse. */
  readonly minSeverity?: Severity | undefined;
  readonly params?: Readonly<Record<string, Readonly<Record<string, ParamValue>>>> | undefined;
  readonly severities?: Readonly<Record<string, Severity>> | undefined;
  /** Account ids for every check that has a param `trustedAccounts`. */
  readonly trustedAccounts?: readonly string[] | undefined;
}
/** A mistake in the settings: where (a path of keys) and what. */
export interface Mistake {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** The checks that the settings choose, with their params and severities in force. */
export function chosenChecks(all: readonly AnyCheck[], settings: Settings): AnyCheck[] {
  const wanted = matcher(settings.checks);
  const skipped = settings.skip?.length ? matcher(settings.skip) : () => false;
  const services = matcher(settings.services);
  return all
    .filter(({ id }) => wanted(id) && !skipped(id) && services(id.split('-', 1)[0]!))
    .map((check) => adjusted(check, settings))
    .filter(({ severity }) => isAtLeast(severity, settings.minSeverity ?? 'informational'));
}

function adjusted(check: AnyCheck, { params, severities, trustedAccounts }: Settings): AnyCheck {
  const trusted = trustedAccounts && 'trustedAccounts' in check.params ? { trustedAccounts } : {};
  return {
    ...check,
    severity: severities?.[check.id] ?? check.severity,
    params: { ...check.params, ...trusted, ...params?.[check.id] },
  };
}

/** What the settings say that the checks do not know: unknown ids, params and kinds of value, and globs that match nothing. */
export function mistakesIn(all: readonly AnyCheck[], settings: Settings): Mistake[] {
  const ids = new Map(all.map((check) => [check.id, check]));
  const services = new Set(all.map(({ id }) => id.split('-', 1)[0]!));
  return [
    ...(['checks', 'skip'] as const).flatMap((key) => unmatched(key, settings[key], [...ids.keys()], 'check')),
    ...unmatched('services', settings.services, [...services], 'service'),
    ...Object.keys(settings.severities ?? {}).flatMap((id) =>
      ids.has(id) ? [] : [unknownCheck(['severities', id], id, ids)],
    ),
    ...Object.entries(settings.params ?? {}).flatMap(([id, params]) =>
      ids.has(id) ? paramMistakes(ids.get(id)!, params) : [unknownCheck(['params', id], id, ids)],
    ),
  ];
}

function unmatched(
  key: string,
  globs: readonly string[] | undefined,
  names: readonly string[],
  what: string,
): Mistake[] {
  return (globs ?? []).flatMap((glob, index) => {
    const matches = matcher([glob]);
    return names.some(matches) ? [] : [{ path: [key, index], message: `no ${what} is called ${JSON.stringify(glob)}` }];
  });
}

function unknownCheck(path: readonly string[], id: string, ids: ReadonlyMap<string, AnyCheck>): Mistake {
  const similar = [...ids.keys()].filter((known) => known.startsWith(id.split('-').slice(0, 2).join('-')));
  const hint = similar.length > 0 ? `; near it: ${similar.slice(0, 3).join(', ')}` : '';
  return { path, message: `no check is called ${JSON.stringify(id)}${hint}` };
}

function paramMistakes(check: AnyCheck, params: Readonly<Record<string, ParamValue>>): Mistake[] {
  const known = check.params as Readonly<Record<string, ParamValue>>;
  return Object.entries(params).flatMap(([name, value]): Mistake[] => {
    const path = ['params', check.id, name];
    if (!(name in known))
      return [
        {
          path,
          message: `${check.id} has no param ${JSON.stringify(name)}; it has: ${Object.keys(known).join(', ') || 'none'}`,
        },
      ];
    // A default of null says nothing of the kind of value; the check itself judges it.
    if (known[name] === null || kindOf(known[name]!) === kindOf(value)) return [];
    return [{ path, message: `must be ${kindOf(known[name]!)}, as its default ${JSON.stringify(known[name])} is` }];
  });
}

function kindOf(value: ParamValue): string {
  if (Array.isArray(value)) return 'a list';
  if (value === null) return 'null';
  return typeof value === 'object' ? 'a map of lists' : `a ${typeof value}`;
}

function matcher(globs: readonly string[] | undefined): (name: string) => boolean {
  if (!globs?.length) return () => true;
  const matches = picomatch([...globs]);
  return (name) => matches(name);
}
