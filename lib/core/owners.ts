import type { Identity } from './model.ts';

/** Who is told of what: the first that knows, in this order. */
export interface OwnerRules {
  /** Tags of the resource that name its owner, in the order of preference. */
  readonly tags: readonly string[];
  /** Owner by account id. */
  readonly accounts: Readonly<Record<string, string>>;
  readonly default: string;
}

export const OWNER_RULES: OwnerRules = {
  tags: ['owner', 'Owner', 'team', 'Team'],
  accounts: {},
  default: 'unowned',
};

/** Who answers for a resource. An empty tag names nobody. */
export function ownerOf({ tags, account }: Pick<Identity, 'tags' | 'account'>, rules: OwnerRules): string {
  const key = rules.tags.find((name) => tags && Object.hasOwn(tags, name) && tags[name]!.trim() !== '');
  return key ? tags![key]!.trim() : (rules.accounts[account] ?? rules.default);
}
