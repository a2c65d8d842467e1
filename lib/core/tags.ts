type Tags = Readonly<Record<string, string>>;
/** The values that are wanted, by tag: a param such as `{ DataClass: ['confidential'] }`. */
type Wanted = Readonly<Record<string, readonly string[]>>;

/** The key of the first tag that has one of the values wanted for it. Letter case counts, as it does in AWS. */
export function matchingTag(tags: Tags | undefined, wanted: Wanted): string | undefined {
  return Object.keys(wanted).find(
    (key) => tags !== undefined && Object.hasOwn(tags, key) && wanted[key]!.includes(tags[key]!),
  );
}

/** Has a resource one of the tags, with one of the values wanted for it? */
export function hasTag(tags: Tags | undefined, wanted: Wanted): boolean {
  return matchingTag(tags, wanted) !== undefined;
}
