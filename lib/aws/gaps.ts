import type { Gap } from '../core/model.ts';
import type { Operation } from './operations.ts';

/** A call that gave no answer, with the gap to record in its place. */
export class CallFailed extends Error {
  readonly gap: Gap;
  constructor(gap: Gap, cause?: unknown) {
    super(`${gap.operation}: ${gap.detail}`, { cause });
    this.gap = gap;
  }
}

/** The resource was deleted between being listed and being read. */
export class Gone extends Error {}

/** What AWS calls a refusal; the names differ per service. */
const DENIED =
  /^(AccessDenied|UnauthorizedOperation|AuthorizationError|Client\.UnauthorizedOperation|.*NotAuthorized|Forbidden|403$)/;
const THROTTLED =
  /^(Throttl|TooManyRequests|RequestLimitExceeded|SlowDown|RequestThrottled|LimitExceeded|PriorRequestNotComplete)/;
/** The message of a refusal names the kind of policy when an organisation's policy decided (IAM user guide, access denied messages). */
const BY_ORGANISATION =
  /explicit deny in a (service|resource) control policy|no (service|resource) control policy allows/i;
/** What the SDK says to programmers behind an answer that it could not read. */
const TO_PROGRAMMERS = /\s*Deserialization error: to see the raw response.*$/s;
const REQUEST_ID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

/** Says why an operation gave no answer. Whatever was thrown becomes a gap: HTML, garbage and time-outs too. */
export function gapOf(operation: Pick<Operation, 'action'>, error: unknown): Gap {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  if (DENIED.test(name)) {
    return BY_ORGANISATION.test(message)
      ? { reason: 'blocked', operation: operation.action, detail: 'denied by an organisation policy' }
      : { reason: 'denied', operation: operation.action, detail: 'access denied' };
  }
  return {
    reason: THROTTLED.test(name) ? 'throttled' : 'failed',
    operation: operation.action,
    detail: `${name}: ${short(message)}`,
  };
}

/** One line, without what differs from request to request, so that equal causes read equal. */
function short(message: string): string {
  const line = message.replace(TO_PROGRAMMERS, '').replaceAll(REQUEST_ID, '<request>').replaceAll(/\s+/g, ' ').trim();
  return line.length > 200 ? `${line.slice(0, 199)}…` : line;
}
