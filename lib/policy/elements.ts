/** The few shapes that the grammar of policies allows. Each reader throws an Error that says where the document leaves them. */

/** The names of a place in the document, by their own spelling and in lower case. */
export function namesOf<Name extends string>(...names: Name[]): ReadonlyMap<string, Name> {
  return new Map(names.flatMap((name) => [[name, name] as const, [name.toLowerCase(), name] as const]));
}

/** The elements of an object by their proper names; those that are undefined count as absent. Any letter case is accepted. */
export function elementsOf<Name extends string>(
  value: unknown,
  place: string,
  names: ReadonlyMap<string, Name>,
): { readonly [N in Name]?: unknown } {
  const found: { [N in Name]?: unknown } = {};
  for (const [key, element] of membersOf(value, place)) {
    const name = names.get(key) ?? names.get(key.toLowerCase());
    if (name === undefined) throw unreadable(place, `has an unknown element ${JSON.stringify(key)}`);
    if (name in found) throw unreadable(place, `has ${name} twice`);
    if (element !== undefined) found[name] = element;
  }
  return found;
}

/** The members of a plain object. */
export function membersOf(value: unknown, place: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw unreadable(place, 'is not an object');
  return Object.entries(value);
}

/** A string, or a list of strings: always a list. */
export function stringsOf(value: unknown, place: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  for (const one of list)
    if (typeof one !== 'string') throw unreadable(place, 'is neither a string nor a list of strings');
  return list as readonly string[];
}

/** A string, boolean or number, or a list of them: always a list of strings. */
export function scalarsOf(value: unknown, place: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  return list.map((one) => scalarOf(one, place));
}

/** A string, boolean or number: quotation marks are optional for the latter two (Grammar of the IAM JSON policy language). */
export function scalarOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))) return String(value);
  throw unreadable(place, 'is neither a string, a number nor a boolean');
}

/** The error for a document that cannot be read. */
export function unreadable(place: string, problem: string): Error {
  return new Error(`policy document: ${place} ${problem}`);
}
