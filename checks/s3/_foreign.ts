import { witnesses } from '../../lib/core/knowledge.ts';
import type { Scope } from '../../lib/policy/bound.ts';
import type { Policy, Statement } from '../../lib/policy/document.ts';
import { type Exposed, exposures } from '../../lib/policy/exposure.ts';
import { strangersIn, type Trust } from '../../lib/policy/foreign.ts';
import { touchesActions } from '../../lib/policy/patterns.ts';
import { covers } from '../../lib/policy/wildcard.ts';
import { DELIVERY_ACCOUNTS } from './_delivery-accounts.ts';

/** A statement that lets strangers in by name. */
export type ForeignStatement = {
  readonly statement: string;
  readonly strangers: readonly string[];
  /** May they change who else gets in, or how objects are encrypted? */
  readonly changesAccess: boolean;
};

const ACCESS_CHANGES = [
  's3:PutBucketPolicy',
  's3:PutBucketAcl',
  's3:DeleteBucketPolicy',
  's3:PutEncryptionConfiguration',
  's3:PutObjectAcl',
];
/** All that the delivery of logs takes. */
const DELIVERY = ['s3:PutObject', 's3:GetBucketAcl'];

/** The statements of a bucket policy that let strangers in by name. Those that let everyone in are another check's. */
export function foreignStatements(policy: Policy, scope: Scope, trust: Trust): readonly ForeignStatement[] {
  const strangersOf = (one: Exposed) => strangersIn(one, scope, trustFor(one.statement, trust));
  const foreign = witnesses(named(policy, scope), (one) => strangersOf(one).length > 0);
  return foreign.map((one) => ({
    statement: one.exposure.statement,
    strangers: strangersOf(one),
    changesAccess: ACCESS_CHANGES.some((action) => touchesActions(one.statement, action)),
  }));
}

/** The strangers of some statements, each once. */
export function namesIn(foreign: readonly ForeignStatement[]): string {
  return [...new Set(foreign.flatMap(({ strangers }) => strangers))].join(', ');
}

/** The statements that name users or roles which are no more, by the unique ids that are left of them. */
export function staleStatements(policy: Policy, scope: Scope) {
  return named(policy, scope)
    .filter(({ exposure }) => exposure.deleted.length > 0)
    .map(({ exposure: { statement, deleted } }) => ({ statement, deleted }));
}

function named(policy: Policy, scope: Scope): readonly Exposed[] {
  return exposures(policy, scope).filter(({ exposure }) => exposure.kind !== 'public');
}

/** The accounts from which AWS delivers logs are trusted with just that. */
function trustFor({ actions }: Statement, trust: Trust): Trust {
  const isDelivery = actions?.every((action) => DELIVERY.some((one) => covers(one, action, true)));
  return isDelivery ? { ...trust, accounts: [...trust.accounts, ...DELIVERY_ACCOUNTS] } : trust;
}
