/** Reads parts of an answer so that what it lacked stays visible: undefined, which is recorded as a gap. */

type Whole<T> = { readonly [K in keyof T]: Exclude<T[K], undefined> };

/** A list that AWS always sends, empty when there is nothing. Throws an Error where it lacks: that is no empty list. */
export function listed<T>(list: readonly T[] | undefined): readonly T[] {
  if (!list) throw new Error('the answer lacks its list');
  return list;
}

/** All items in our shape; undefined when the answer lacked the list, or a part of one item. */
export function each<I, O>(items: readonly I[] | undefined, shape: (item: I) => O | undefined): O[] | undefined {
  const shaped = items?.map(shape);
  return shaped?.includes(undefined) ? undefined : (shaped as O[] | undefined);
}

/** The fields; undefined when the answer lacked one of them. */
export function whole<T extends object>(fields: T): Whole<T> | undefined {
  return Object.values(fields).includes(undefined) ? undefined : (fields as Whole<T>);
}

/** Is the name among the names? Undefined when only one that the answer lacked could be it. */
export function isNamed(name: string, names: readonly (string | undefined)[]): boolean | undefined {
  if (names.includes(name)) return true;
  return names.includes(undefined) ? undefined : false;
}
