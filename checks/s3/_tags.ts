/** Has a resource one of the wanted tags, with one of the values given for it? */
export function hasTag(
  tags: Readonly<Record<string, string>>,
  wanted: Readonly<Record<string, readonly string[]>>,
): boolean {
  return Object.entries(wanted).some(([key, values]) => Object.hasOwn(tags, key) && values.includes(tags[key]!));
}
