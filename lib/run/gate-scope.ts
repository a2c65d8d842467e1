import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Place } from '../aws/caller.ts';
import { CallFailed } from '../aws/gaps.ts';
import type { Facet, Resource } from '../aws/resource.ts';
import type { AnyCheck } from '../core/evaluate.ts';
import type { Finding, Gap, Identity, Use, Uses } from '../core/model.ts';
import { checksInScope, inScope, regionsInScope, type ScopeRules } from '../core/scope.ts';
import type { LiveAudit } from './audit.ts';
import { rulesOf, type ScopeRequest } from './scope.ts';

export interface Gating extends ScopeRequest {
  /** Globs of regions, as they are asked for. */
  readonly regions?: readonly string[] | undefined;
  readonly checks: readonly AnyCheck[];
  readonly resources: readonly Resource[];
  /** The regions where the request names none and the scope neither. */
  readonly usual?: readonly string[] | undefined;
}

/** What of an audit a gate decides: no check, place or resource is read that does not matter to its scope. It leaves no state behind. */
export async function gateScope(
  { checks: chosen, resources, usual = [], ...request }: Gating,
  where: { readonly region: string; readonly credentials?: AwsCredentialIdentityProvider },
): Promise<Pick<LiveAudit, 'checks' | 'resources' | 'regions' | 'isInScope' | 'isByTag' | 'isOnDemand'>> {
  const rules = await rulesOf(request, where);
  const checks = checksInScope(chosen, rules);
  return {
    checks,
    resources: narrowed(resources, checks, rules),
    regions: request.regions ?? regionsInScope(rules) ?? usual,
    isInScope: inScope(rules),
    isByTag: request.tags !== undefined,
    isOnDemand: true,
  };
}

/**
 * Types as a scope of ARNs or stacks needs them: what is outside of it is read as far as checks look it up, and no further. A verdict
 * within the scope rests on its own resource and on what is looked up, so it stays the same. Tags leave everything as it is: many are known
 * only once they are read.
 */
export function narrowed(
  resources: readonly Resource[],
  checks: readonly AnyCheck[],
  { arns, resources: ofStacks }: ScopeRules,
): readonly Resource[] {
  if (!arns && !ofStacks) return resources;
  const isFindingWanted = inScope({ arns, resources: ofStacks });
  const isWanted = (resource: Identity) => isFindingWanted({ resource, status: 'PASS' } as Finding);
  const uses = checks.flatMap((check) => Object.values(check.uses as Uses) as Use[]);
  return resources.map((resource) => {
    const own = uses.filter(({ type }) => type === resource.type);
    if (own.length === 0) return listedWithin(resource, isWanted);
    return readWithin(resource, isWanted, new Set(own.flatMap(({ facets }) => facets)));
  });
}

/** Nobody looks the type up: what is outside is not even met. */
function listedWithin(resource: Resource, isWanted: (resource: Identity) => boolean): Resource {
  async function* list(aws: Parameters<Resource['list']>[0]): AsyncGenerator {
    for await (const item of resource.list(aws)) if (isKept(item, aws)) yield item;
  }
  const { type, found } = resource;
  function isKept(item: unknown, place: Place): boolean {
    try {
      const { id, arn, region = place.region } = found(item, place);
      return !id || !arn || isWanted({ type, id, arn, account: place.account, region });
    } catch {
      // What cannot be described is told of where it is described again.
      return true;
    }
  }
  return { ...resource, list: Object.assign(list, resource.list.isPaged && { isPaged: true as const }) };
}

/** Checks look the type up: of what is outside, the parts that they look at are read. */
function readWithin(
  resource: Resource,
  isWanted: (resource: Identity) => boolean,
  lookedAt: ReadonlySet<string>,
): Resource {
  const within = (name: string, facet: Facet<any>): Facet<any> => ({
    ...facet,
    read(aws, one) {
      if (isWanted(one)) return facet.read(aws, one);
      throw new CallFailed({ ...OUTSIDE, operation: `${resource.type} ${name}` });
    },
  });
  const facets = Object.entries(resource.facets).map(([name, facet]) => [
    name,
    lookedAt.has(name) ? facet : within(name, facet),
  ]);
  return { ...resource, facets: Object.fromEntries(facets) as Resource['facets'] };
}

const OUTSIDE: Omit<Gap, 'operation'> = { reason: 'not-scanned', detail: 'it is outside of what was asked' };
