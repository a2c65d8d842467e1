import type { Identity } from './model.ts';
import { patternOf } from './waivers.ts';

/** Who is told of what: the first that knows, in this order. */
export interface OwnerRules {
  /** Tags of the resource that name its owner, in the order of preference. */
  readonly tags: readonly string[];
  /** Owner by the name of the CloudFormation stack that made the resource, which its tags tell; `*` and `?` are wildcards. */
  readonly stacks?: Readonly<Record<string, string>> | undefined;
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

/** CloudFormation puts it on every resource that takes tags. */
const STACK_TAG = 'aws:cloudformation:stack-name';

/** Who answers for a resource. An empty tag names nobody. `units` are those that its account is in, the nearest first. */
export function ownerOf(
  { tags, account }: Pick<Identity, 'tags' | 'account'>,
  rules: OwnerRules,
  units: readonly string[] = [],
): string {
  const key = rules.tags.find((name) => tags && Object.hasOwn(tags, name) && tags[name]!.trim() !== '');
  if (key) return tags![key]!.trim();
  const stack = tags?.[STACK_TAG];
  const made = stack && Object.entries(rules.stacks ?? {}).find(([pattern]) => patternOf(pattern)(stack));
  if (made) return made[1];
  const unit = units.find((id) => rules.units && Object.hasOwn(rules.units, id));
  return rules.accounts[account] ?? (unit ? rules.units![unit]! : rules.default);
}
