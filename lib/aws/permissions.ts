import type { AnyCheck } from '../core/evaluate.ts';
import type { Use, Uses } from '../core/model.ts';
import { operationsIn } from './operations.ts';
import type { Resource } from './resource.ts';

/** What a set of checks needs read: facets by resource type. */
export type Selection = ReadonlyMap<string, readonly string[]>;

/** Everything that the checks look at: the resources they judge, and those they look up. */
export function selectionOf(checks: readonly AnyCheck[]): Selection {
  const facets = new Map<string, Set<string>>();
  const add = (type: string, names: readonly string[]) => facets.set(type, (facets.get(type) ?? new Set()).union(new Set(names)));
  for (const check of checks) {
    for (const type of check.resource as readonly string[]) add(type, check.needs as readonly string[]);
    for (const use of Object.values(check.uses as Uses) as Use[]) add(use.type, use.facets);
  }
  return new Map([...facets].map(([type, names]) => [type, [...names].sort()]));
}

/** The IAM actions behind a selection: listing each type, and its wanted facets. Sorted. */
export function actionsFor(selection: Selection, resources: readonly Resource[]): string[] {
  const actions = [...selection].flatMap(([type, facets]) => {
    const resource = resources.find((candidate) => candidate.type === type);
    if (!resource) throw new TypeError(`no collector for ${type}`);
    const declared = [...resource.operations, ...facets.flatMap((name) => resource.facets[name]?.operations ?? [])];
    return operationsIn(declared).map((operation) => operation.action);
  });
  return [...new Set(actions)].sort();
}
