import pMap from 'p-map';
import type { Account } from '@aws-sdk/client-organizations';
import { type Aws, operationsIn } from '../aws/operations.ts';
import { caller, type Session } from '../aws/caller.ts';
import { CallFailed } from '../aws/gaps.ts';
import { accountsBelow, allAccounts, DIRECTORY, rootsFor, stateOf, tagsOfAccount } from '../aws/organization.ts';
import { homeRegionOf } from '../aws/partitions.ts';
import { UserError } from '../core/errors.ts';
import type { OwnerRules } from '../core/owners.ts';
import type { Entrances } from './entrances.ts';

/** Which accounts of an organization a run looks at: all, where nothing is said. */
export interface AccountRules {
  /** Ids of accounts, organizational units and roots. */
  readonly include?: readonly string[] | undefined;
  readonly exclude?: readonly string[] | undefined;
  /** Tags that an account must have. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface Member {
  readonly account: string;
  readonly name?: string;
  /** The organizational units that it is in, its own first, and the root; absent where nobody asked. */
  readonly units?: readonly string[];
}

/** The actions that listing an organization takes, on top of what the checks read. */
export const ORGANIZATION_ACTIONS = [...new Set(operationsIn(DIRECTORY).map(({ action }) => action))];

/** Organizations answers few calls a second. */
const AT_ONCE = 4;

/** Which accounts a run looks at, and whose they are. */
export interface MemberChoice {
  readonly accounts?: AccountRules | undefined;
  readonly owners?: OwnerRules | undefined;
}

/** The account of the run alone, or the accounts of its organization where they can be entered. */
export async function membersFor(
  { member }: Pick<Entrances, 'member'>,
  session: Session,
  home: Home,
  { accounts, owners }: MemberChoice,
): Promise<readonly Member[]> {
  const needsUnits = Object.keys(owners?.units ?? {}).length > 0;
  return member ? membersOf(session, home, accounts, needsUnits) : [{ account: home.account }];
}

interface Home {
  readonly account: string;
  readonly partition: string;
}

/**
 * The accounts of the organization that a run is to look at, by id; a stand-alone account is its own. Suspended and closed ones are left
 * out. Throws a UserError where the organization does not show its accounts: a run that silently looks at one account alone must not be.
 */
export async function membersOf(
  session: Session,
  { account, partition }: Home,
  rules: AccountRules = {},
  needsUnits = false,
): Promise<readonly Member[]> {
  const aws = caller(DIRECTORY, { account, partition, region: homeRegionOf(partition) }, session);
  try {
    const known = await listed(aws, needsUnits || [...(rules.include ?? []), ...(rules.exclude ?? [])].some(isUnit));
    const members = known.length > 0 ? known : [{ account }];
    const chosen = await withTags(aws, members.filter(chosenBy(rules)), rules.tags ?? {});
    if (chosen.length === 0)
      throw new UserError('`accounts` in the configuration chooses no account of the organization');
    return chosen.toSorted((a, b) => (a.account < b.account ? -1 : 1));
  } catch (error) {
    if (!(error instanceof CallFailed)) throw error;
    throw new UserError(
      `account ${account} cannot list the accounts of its organization (${error.message}): run in the management account, or register ${account} as a delegated administrator`,
    );
  }
}

const isUnit = (id: string): boolean => !/^\d{12}$/.test(id);

async function listed(aws: Aws<typeof DIRECTORY>, needsUnits: boolean): Promise<readonly Member[]> {
  if (!needsUnits) return (await Array.fromAsync(allAccounts(aws))).flatMap((one) => memberOf(one));
  const roots = await rootsFor(aws);
  if (!roots)
    throw new UserError(
      'the organizational units can be seen in the management account and by delegated administrators alone',
    );
  const leaves = [];
  for (const root of roots) for await (const leaf of accountsBelow(aws, root)) leaves.push(leaf);
  return leaves.flatMap(({ account, path }) => memberOf(account, path.slice(1)));
}

/** Nobody can enter an account that is suspended, closed or still on its way in. */
function memberOf(account: Account, units?: readonly string[]): Member[] {
  const { Id, Name } = account;
  if (!Id) throw new Error('an account in the answer has no id');
  if (stateOf(account) !== 'ACTIVE') return [];
  return [{ account: Id, ...(Name && { name: Name }), ...(units && { units }) }];
}

function chosenBy({ include, exclude = [] }: AccountRules): (member: Member) => boolean {
  return ({ account, units = [] }) => {
    const isNamed = (ids: readonly string[]) => ids.includes(account) || units.some((unit) => ids.includes(unit));
    return (include === undefined || isNamed(include)) && !isNamed(exclude);
  };
}

async function withTags(
  aws: Aws<typeof DIRECTORY>,
  members: readonly Member[],
  tags: Readonly<Record<string, string>>,
): Promise<readonly Member[]> {
  const wanted = Object.entries(tags);
  if (wanted.length === 0) return members;
  const isTagged = await pMap(
    members,
    async ({ account }) => {
      const own = await tagsOfAccount(aws, account);
      return wanted.every(([key, value]) => Object.hasOwn(own, key) && own[key] === value);
    },
    { concurrency: AT_ONCE },
  );
  return members.filter((_, index) => isTagged[index]);
}
