import type { Identity } from './model.ts';

/** Who is told of what: the first that knows, in this order. */
export interface OwnerRules {
  /** Tags of the resource that name its owner, in the order of preference. */
  readonly tags: readonly string[];
  /** Owner by account id. */
  readonly accounts: Readonly<Record<string, string>>;
  /** Owner by the id of an organizational unit or root; the nearest one to the account decides. */
  readonly units?: Readonly<Record<string, string>> | undefined;
  readonly default: string;
}

export const OWNER_RULES: OwnerRules = {
  tags: ['owner', 'Owner', 'team', 'Team'],
  accounts: {},
  default: 'unowned',
};

/** Who answers for a resource. An empty tag names nobody. `units` are those that its account is in, the nearest first. */
export function ownerOf(
  { tags, account }: Pick<Identity, 'tags' | 'account'>,
  rules: OwnerRules,
  units: readonly string[] = [],
): string {
  const key = rules.tags.find((name) => tags && Object.hasOwn(tags, name) && tags[name]!.trim() !== '');
  if (key) return tags![key]!.trim();
  const unit = units.find((id) => rules.units && Object.hasOwn(rules.units, id));
  return rules.accounts[account] ?? (unit ? rules.units![unit]! : rules.default);
}
