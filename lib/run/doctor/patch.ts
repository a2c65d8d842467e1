import {
  type AccountHealth,
  type ActionHealth,
  type Allowance,
  isAccountWell,
  isLacking,
  type Obstacle,
  type PartHealth,
  type Patch,
  type Refusal,
  type RegionHealth,
  type Statement,
} from './model.ts';

/** Who is entered where, so that the steps can name it. */
export interface Roles {
  /** The account of the run, and as whom it is entered. */
  readonly account?: string | undefined;
  readonly caller?: string | undefined;
  /** The name of the role in the other accounts. */
  readonly member?: string | undefined;
  /** The roles come from the stack's own template. */
  readonly isDeployed?: boolean | undefined;
  /** The command that looks again. */
  readonly again: string;
}

/** What would mend it: allowances to add, what else must give way, and the steps in their order. */
export function patchOf(accounts: readonly AccountHealth[], parts: readonly PartHealth[], roles: Roles): Patch {
  const allow = [...allowancesOf(accounts), ...ownAllowance(parts)];
  const obstacles = obstaclesOf(accounts);
  const isWell = accounts.every(isAccountWell) && parts.every(({ state }) => state === 'works');
  return { allow, obstacles, next: isWell ? [] : [...steps(accounts, allow, obstacles, roles), roles.again] };
}

function isHelped({ state, refusal, untried }: ActionHealth): boolean {
  return untried === 'behind' || (state === 'denied' && isLacking(refusal));
}

function allowancesOf(accounts: readonly AccountHealth[]): Allowance[] {
  const needs = accounts.flatMap(({ account, actions }) => {
    const lacking = actions.filter(isHelped).map(({ action }) => action);
    return lacking.length === 0 ? [] : [{ account, lacking }];
  });
  return [...Map.groupBy(needs, ({ lacking }) => lacking.join()).values()].map((group) => ({
    accounts: group.map(({ account }) => account),
    statement: statementOf('ReadConfiguration', group[0]!.lacking, '*'),
  }));
}

function ownAllowance(parts: readonly PartHealth[]): Allowance[] {
  const wanted = parts.flatMap(({ denied }) => denied ?? []);
  return [...Map.groupBy(wanted, ({ resources }) => resources.join()).values()].map((group, index) => ({
    accounts: [],
    statement: statementOf(
      `KeepAndTell${index + 1}`,
      group.flatMap(({ actions }) => actions),
      group[0]!.resources.length === 1 ? group[0]!.resources[0]! : group[0]!.resources,
    ),
  }));
}

function statementOf(Sid: string, actions: readonly string[], Resource: Statement['Resource']): Statement {
  return { Sid, Effect: 'Allow', Action: [...new Set(actions)].toSorted(), Resource };
}

function obstaclesOf(accounts: readonly AccountHealth[]): Obstacle[] {
  const met = accounts.flatMap(({ account, actions, regions }) => [
    ...actions.filter((one) => isStopped(one) && !isHelped(one)).map((one) => ofAction(account, one)),
    ...regions.filter(({ state }) => state === 'blocked').map((one) => ofRegion(account, one)),
  ]);
  const same = (one: Obstacle) =>
    [one.kind, one.isExplicit, one.policy, one.resource, one.regions.length > 0].map(String).join(' ');
  const merged = [...Map.groupBy(met, (one) => `${one.accounts[0]} ${same(one)}`).values()].map((group) => ({
    ...group[0]!,
    actions: group.flatMap(({ actions }) => actions),
    regions: group.flatMap(({ regions }) => regions),
  }));
  return [...Map.groupBy(merged, (one) => `${same(one)} ${one.actions.join()} ${one.regions.join()}`).values()].map(
    (group) => ({ ...group[0]!, accounts: group.flatMap((one) => one.accounts) }),
  );
}

const isStopped = ({ state }: ActionHealth): boolean => state === 'denied' || state === 'blocked';

function ofAction(account: string, { action, refusal, resource }: ActionHealth): Obstacle {
  return { ...told(account, refusal), ...(resource !== undefined && { resource }), actions: [action], regions: [] };
}

function ofRegion(account: string, { region, refusal }: RegionHealth): Obstacle {
  return { ...told(account, refusal), actions: [], regions: [region] };
}

/** What blocks without being named by its kind is still a policy of the organisation. */
function told(account: string, refusal: Refusal | undefined): Pick<Obstacle, 'accounts' | 'kind' | 'isExplicit'> {
  const { kind = 'service control policy', isExplicit = false, policy } = refusal ?? {};
  return { accounts: [account], kind, isExplicit, ...(policy !== undefined && { policy }) };
}

function steps(
  accounts: readonly AccountHealth[],
  allow: readonly Allowance[],
  obstacles: readonly Obstacle[],
  roles: Roles,
): string[] {
  const isOwn = (account: string) => account === roles.account;
  const lacking = allow.flatMap((one) => one.accounts);
  const closed = accounts.filter((one) => one.closed).map(({ account }) => account);
  const members = [...new Set([...lacking, ...closed])].filter((account) => !isOwn(account));
  return [
    ...(lacking.some(isOwn) ? [homeStep(roles)] : []),
    ...(closed.some(isOwn) || (members.length > 0 && roles.account === undefined)
      ? ['aws sts get-caller-identity    # whose credentials are these? then look at --profile, --role, --external-id']
      : []),
    ...(members.length > 0 && roles.account !== undefined && roles.member ? [memberStep(members, roles)] : []),
    ...(allow.some((one) => one.accounts.length === 0)
      ? ['# add the statements for yourself to the policy of whoever runs this command']
      : []),
    ...(obstacles.some(({ kind }) => /control policy/.test(kind))
      ? ['# ask who keeps the policies of the organisation to except the role, or leave those regions out: --regions']
      : []),
  ];
}

const FILE = 'ronda-missing.json';

/** IAM takes an inline policy by the name of the user or role; a role of IAM Identity Center is changed in its permission set. */
function homeStep({ caller = '', isDeployed }: Roles): string {
  if (isDeployed) return 'npx --no osls deploy    # the role of the stack is generated: deploy it again';
  const [, role] = /:assumed-role\/([^/]+)\//.exec(caller) ?? [];
  const [, user] = /:user\/(?:.*\/)?([^/]+)$/.exec(caller) ?? [];
  if (role?.startsWith('AWSReservedSSO_'))
    return `# add the statement to the permission set of ${role} in IAM Identity Center`;
  if (role) return putPolicy('role', role);
  if (user) return putPolicy('user', user);
  return `# add the statement to the policy of ${caller || 'the caller'}`;
}

const putPolicy = (kind: 'role' | 'user', name: string): string =>
  `aws iam put-${kind}-policy --${kind}-name ${name} --policy-name ronda-missing --policy-document file://${FILE}`;

function memberStep(members: readonly string[], { member }: Roles): string {
  const where =
    members.length <= 3 ? members.join(', ') : `${members.slice(0, 3).join(', ')} and ${members.length - 3} more`;
  return `ronda role --member > member-role.yml    # deploy it with RoleName=${member} (again) to ${where}`;
}
