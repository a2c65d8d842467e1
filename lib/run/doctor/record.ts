import type { Clients, Session } from '../../aws/caller.ts';
import { gapOf } from '../../aws/gaps.ts';
import type { Operation } from '../../aws/operations.ts';
import { POLICY_KINDS, type Refusal } from './model.ts';

/** What one call came to. `untold`: an error that says nothing about the permission. */
export interface Answered {
  readonly action: string;
  readonly region: string;
  readonly state: 'works' | 'denied' | 'blocked' | 'failed' | 'untold';
  readonly detail?: string;
  readonly refusal?: Refusal;
  /** What was being read. */
  readonly about?: string;
}

/** The same session, telling what became of each call that it really makes. */
export function recorded(session: Session, tell: (answered: Answered) => void, about?: string): Session {
  const clients: Clients = (operation, place) => {
    const client = session.clients(operation, place);
    const at = { action: operation.action, region: place.region, ...(about !== undefined && { about }) };
    const send = async (command: unknown, options?: unknown) => {
      try {
        const answer = await client.send(command, options);
        tell({ ...at, state: 'works' });
        return answer;
      } catch (error) {
        tell({ ...at, ...judged(operation, error, session.deadline) });
        throw error;
      }
    };
    // The SDK's paginators ask what class a client is of.
    return new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) });
  };
  return { ...session, clients };
}

function judged(
  operation: Operation,
  error: unknown,
  deadline: AbortSignal | undefined,
): Pick<Answered, 'state' | 'detail' | 'refusal'> {
  const { name } = error as Error;
  const { reason, detail } = gapOf(operation, error);
  const isRefusal = reason === 'denied' || reason === 'blocked';
  const isAnswer =
    operation.absent.includes(name) || operation.gone.includes(name) || Object.hasOwn(operation.answers, name);
  if (isAnswer) return { state: !isRefusal && wasHeard(error) ? 'works' : 'untold' };
  if (isRefusal) return { state: reason, detail, refusal: refusalIn(error) };
  if (deadline?.aborted) return { state: 'failed', detail: 'no answer in the time that there was' };
  return { state: 'failed', detail };
}

/** An answer came: a service that has no host in a region has not let anybody in. */
function wasHeard(error: unknown): boolean {
  const { $metadata } = error as { $metadata?: { httpStatusCode?: number } };
  return $metadata?.httpStatusCode !== undefined;
}

const SAYS_WHO = new RegExp(
  String.raw`(explicit deny in (?:an?|the)|because no) (${POLICY_KINDS.join('|')})\b(?:: (arn:[^\s,]+))?`,
  'i',
);

/** Reads the kind of policy, and its ARN, out of the message of a refusal. */
export function refusalIn(error: unknown): Refusal {
  const [, how, named, policy] = SAYS_WHO.exec(messageOf(error)) ?? [];
  const kind = POLICY_KINDS.find((one) => one.toLowerCase() === named?.toLowerCase());
  if (!kind) return { isExplicit: false };
  const arn = policy?.replace(/\.$/, '');
  return { kind, isExplicit: /^explicit/i.test(how!), ...(arn && { policy: arn }) };
}

/** What a message says is not allowed, and on what: behind a call of S3 it can be a key of KMS. */
export function refusedIn(error: unknown): { readonly action?: string; readonly resource?: string } {
  const [, action, resource] =
    /not authorized to perform:? ([a-z0-9-]+:\w+)\b(?: on(?: resource:?)? "?(arn:[^\s"]+))?/i.exec(messageOf(error)) ??
    [];
  return { ...(action && { action }), ...(resource && { resource }) };
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
