import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

interface Paged {
  readonly MaxResults?: number | undefined;
  readonly NextToken?: string | undefined;
}

/** EC2 returns everything when no page size is asked for, and most calls refuse pages of fewer than 5. */
export function rules(min: number, max: number): PageRules {
  return {
    min,
    max,
    byDefault: Infinity,
    badSize: (size) =>
      size < min
        ? invalid(`Value ( ${size} ) for parameter maxResults is invalid. Expecting a value greater than ${min}.`)
        : tooMany(size, max),
    badToken: () => invalid('The token is invalid.'),
  };
}

function tooMany(size: number, max: number): AwsError {
  return invalid(
    `Value ( ${size} ) for parameter maxResults is invalid. Expecting a value smaller than or equal to ${max}.`,
  );
}

function invalid(message: string): AwsError {
  return new AwsError(400, 'InvalidParameterValue', message);
}

const MOST = rules(5, 1000);

/** A page of an EC2 list, with the token as the answer's `NextToken`. */
export function pageOf<T>(items: readonly T[], input: Paged, context: Context, pages = MOST) {
  const { items: found, next } = page(items, context, pages, input.MaxResults, input.NextToken);
  return { found, more: next ? { NextToken: next } : {} };
}

interface Lookup {
  /** The error code of an id that does not exist. */
  readonly code: string;
  readonly what: string;
  /** How AWS calls the list of ids where they exclude a page size. */
  readonly set?: string;
}

/** The items with the ids that were asked for, or all. An id that does not exist is an error. */
export function byId<T>(
  items: readonly T[],
  ids: readonly string[] | undefined,
  idOf: (item: T) => string | undefined,
  input: Paged,
  { code, what, set }: Lookup,
): readonly T[] {
  if (!ids?.length) return items;
  if (set && input.MaxResults !== undefined)
    throw new AwsError(
      400,
      'InvalidParameterCombination',
      `The parameter ${set} cannot be used with the parameter maxResults`,
    );
  const byItsId = new Map(items.map((item) => [idOf(item), item]));
  return ids.map((id) => {
    const found = byItsId.get(id);
    if (found === undefined) throw new AwsError(400, code, `The ${what} '${id}' does not exist`);
    return found;
  });
}
