import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { ScopeRules } from '../core/scope.ts';
import { tagOf } from './gate.ts';

/** A scope as people write it. */
export interface ScopeRequest {
  readonly tags?: readonly string[] | undefined;
  readonly stacks?: readonly string[] | undefined;
  readonly arns?: readonly string[] | undefined;
}

/** The rules of a scope; the resources of its stacks are asked of CloudFormation. */
export async function rulesOf(
  { tags, stacks, arns }: ScopeRequest,
  where: { readonly region: string; readonly credentials?: AwsCredentialIdentityProvider },
): Promise<ScopeRules> {
  const resources = stacks && (await (await import('./stack.ts')).stackResources(stacks, where));
  return { tags: tags?.map(tagOf), arns, resources };
}
