import type { Place } from './caller.ts';
import type { Selection } from './permissions.ts';
import type { Resource, Scope } from './resource.ts';

/** What planning must know of a resource type. */
export type Planned = Pick<Resource, 'type' | 'scope'>;

/** A type to read, and the facets of it that somebody needs. */
export interface Wanted extends Planned {
  readonly facets: readonly string[];
}

/** One piece of collecting: an account's global part, or one of its regions, with the types and facets to read there. */
export interface Item {
  readonly place: Place;
  readonly types: readonly Pick<Wanted, 'type' | 'facets'>[];
}

/** What a selection means for the types that there are. */
export function wantedOf(selection: Selection, types: readonly Planned[]): readonly Wanted[] {
  return types
    .filter(({ type }) => selection.has(type))
    .map(({ type, scope }) => ({ type, scope, facets: selection.get(type)! }));
}

/** The part of an account that is read once. What belongs to its organization is read there where the run `isHome`. */
export function globalItem(
  wanted: readonly Wanted[],
  { account, partition }: Pick<Place, 'account' | 'partition'>,
  isHome = true,
): Item {
  const scopes: readonly Scope[] = isHome ? ['organization', 'global'] : ['global'];
  return itemOf(wanted, scopes, { account, partition, region: 'global' });
}

export function regionalItem(wanted: readonly Wanted[], place: Place): Item {
  return itemOf(wanted, ['regional'], place);
}

function itemOf(wanted: readonly Wanted[], scopes: readonly Scope[], place: Place): Item {
  return {
    place,
    types: wanted.filter(({ scope }) => scopes.includes(scope)).map(({ type, facets }) => ({ type, facets })),
  };
}

/** What is read once, for every account of the organization. */
export function organizationTypes(wanted: readonly Planned[]): readonly string[] {
  return wanted.filter(({ scope }) => scope === 'organization').map(({ type }) => type);
}
