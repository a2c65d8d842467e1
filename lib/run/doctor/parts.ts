import { UserError } from '../../core/errors.ts';
import { gapOf } from '../../aws/gaps.ts';
import type { IamAction } from '../../aws/operations.ts';
import { type Denied, isLacking, type PartHealth, type Refusal } from './model.ts';
import { refusalIn, refusedIn } from './record.ts';

type Name = PartHealth['name'];

/** A step of looking at a part: what it asks, and of what. */
export interface Asked {
  readonly action: IamAction;
  readonly resource: string;
  /** What it would have told or done. */
  readonly purpose: string;
}

export const works = (name: Name, detail: string): PartHealth => ({ name, state: 'works', detail });
export const missing = (name: Name, detail: string): PartHealth => ({ name, state: 'missing', detail });

/** The names under which services say that something is not there. */
const NOT_THERE =
  /^(NoSuchBucket|NotFound|NotFoundException|ResourceNotFoundException|StateMachineDoesNotExist|StackNotFoundException)$/;

/** What AWS said, where somebody has put it into words for people since. */
function answerIn(error: unknown): unknown {
  const { cause } = error as { cause?: unknown };
  return typeof cause === 'object' && cause !== null && '$metadata' in cause ? cause : error;
}

/** What an error makes of a part. `resource` is what it was asked of. */
export function broken(name: Name, { action, resource, purpose }: Asked, thrown: unknown): PartHealth {
  const error = answerIn(thrown);
  if (error instanceof UserError) return { name, state: 'failed', detail: error.message };
  const gap = gapOf({ action }, error);
  if (gap.reason === 'denied' || gap.reason === 'blocked') {
    // The key that encrypts a bucket refuses in the name of S3; the message says which action it is.
    const told = refusedIn(error);
    const refused = told.action ?? action;
    const isOther = refused.split(':')[0] !== action.split(':')[0];
    const denied: Denied = { actions: [refused], resources: [isOther ? (told.resource ?? '*') : resource] };
    const refusal = refusalIn(error);
    const detail = `${purpose}: ${refused} is denied${byWhom(refusal)}`;
    return { name, state: 'denied', detail, ...(gap.reason === 'denied' && isLacking(refusal) && { denied }) };
  }
  const isMissing = NOT_THERE.test((error as Error).name);
  return { name, state: isMissing ? 'missing' : 'failed', detail: `${purpose}: ${gap.detail}` };
}

function byWhom({ kind, isExplicit, policy }: Refusal): string {
  if (!kind) return '';
  return isExplicit ? ` by the ${kind}${policy === undefined ? '' : ` ${policy}`}` : `: no ${kind} allows it`;
}
