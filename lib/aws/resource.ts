import type { Identity } from '../core/model.ts';
import { listed } from './answer.ts';
import type { Aws, Declared, Operation } from './operations.ts';

/** A part of a resource that costs further calls. Null is "known, not configured"; undefined is "the answer lacked it", a gap. */
export interface Facet<B = never, V = unknown> {
  readonly operations: Declared;
  read(aws: Aws<any>, resource: Identity & B): Promise<V>;
}
/** One resource as AWS describes it. A base field that is undefined was missing from the answer: reading it is reading a gap. */
export interface Found<B> {
  readonly id: string | undefined;
  readonly arn: string | undefined;
  /** Where an account-wide list names the region of each resource. */
  readonly region?: string | undefined;
  readonly tags?: Record<string, string> | undefined;
  /** Where AWS or one of its services manages it: the engine judges nothing that the customer cannot change. */
  readonly managedBy?: 'aws' | 'service' | undefined;
  readonly base: B;
}

/**
 * Where a type is read: in every region, once in an account, or once in an organization, whose accounts all see what the account of the
 * run could read.
 */
export type Scope = 'organization' | 'global' | 'regional';

export interface Resource<
  T extends string = string,
  B = any,
  F extends Record<string, Facet<B>> = Record<string, Facet<any>>,
> {
  readonly type: T;
  readonly scope: Scope;
  readonly operations: Declared;
  list: ((aws: Aws<any>) => AsyncIterable<unknown>) & { readonly isPaged?: true };
  /** Describes one listed item; what it throws costs that item, not the list. */
  found(item: any, aws: Pick<Aws<any>, 'account' | 'region' | 'partition'>): Found<B>;
  readonly facets: F;
}

/** What the answer lacked was recorded as a gap, so what is left to see is defined. */
type Defined<V> = V extends readonly unknown[] | string | number | boolean | null
  ? V
  : { readonly [K in keyof V]: Exclude<V[K], undefined> };

/** What a resource definition adds to `ResourceTypes`. */
export type TypeOf<R> = R extends { found(...a: never[]): Found<infer B>; facets: infer F }
  ? {
      base: Defined<B>;
      facets: {
        [K in keyof F]: F[K] extends { read(...a: never[]): Promise<infer V> } ? Defined<Exclude<V, undefined>> : never;
      };
    }
  : never;

/** Declares a resource type: how to list it, how to describe one, and the facets that cost further calls per resource. */
export function resource<
  const T extends string,
  I,
  B,
  const D extends Declared,
  F extends Record<string, Facet<B>> = {},
>(
  type: T,
  listing: {
    scope: Scope;
    operations: D;
    list(aws: Aws<D>): AsyncIterable<I>;
    found(item: I, aws: Pick<Aws<D>, 'account' | 'region' | 'partition'>): Found<B>;
  },
  facets?: (
    facet: <const O extends Declared, V>(
      operations: O,
      read: (aws: Aws<O>, resource: Identity & Defined<B>) => Promise<V>,
    ) => Facet<B, V>,
  ) => F,
): Resource<T, B, F> {
  const made = facets?.((operations, read) => ({ operations, read: read as never })) ?? ({} as F);
  return { type, ...listing, facets: made };
}

/**
 * A list that is what the pages of one operation name, and nothing else: it can go on from the token of any page. `items` of a page that
 * lacks its list are undefined.
 */
export function paged<I, O, T>(
  operation: Operation<I, O>,
  input: NoInfer<I>,
  items: (page: O) => readonly T[] | undefined,
): PagedList<T> {
  async function* list(aws: Aws<any>): AsyncGenerator<T> {
    for await (const page of aws.pages(operation, input)) yield* listed(items(page as O));
  }
  return Object.assign(list, { isPaged: true as const });
}
type PagedList<T> = ((aws: Aws<any>) => AsyncGenerator<T>) & { readonly isPaged: true };

/** Tells resource declarations from what else a collector exports. */
export function isResource(exported: unknown): exported is Resource {
  return typeof exported === 'object' && exported !== null && 'type' in exported && 'list' in exported;
}

/** AWS's list of tags as a record. Undefined stays undefined. */
export function tagsOf(
  tags: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
): Record<string, string> | undefined {
  return tags && Object.fromEntries(tags.flatMap(({ Key, Value }) => (Key === undefined ? [] : [[Key, Value ?? '']])));
}
