import { expect, it } from 'vitest';
import { gapOf } from '../../lib/aws/gaps.ts';

const operation = { action: 'x:Read' } as const;
const named = (name: string, message = 'message') => Object.assign(new Error(message), { name });

it.each([
  ['AccessDenied', 'denied'],
  ['AccessDeniedException', 'denied'],
  ['UnauthorizedOperation', 'denied'],
  ['AuthorizationErrorException', 'denied'],
  ['NotAuthorizedException', 'denied'],
  ['Throttling', 'throttled'],
  ['ThrottlingException', 'throttled'],
  ['RequestLimitExceeded', 'throttled'],
  ['SlowDown', 'throttled'],
  ['TooManyRequestsException', 'throttled'],
  ['InternalError', 'failed'],
  ['SyntaxError', 'failed'],
  ['TimeoutError', 'failed'],
  ['UnrecognizedClientException', 'failed'],
])('%s is %s', (name, reason) => expect(gapOf(operation, named(name))).toMatchObject({ reason, operation: 'x:Read' }));

it.each([
  'User: arn:aws:sts::1:assumed-role/r/s is not authorized to perform: x:Read with an explicit deny in a service control policy',
  'User: u is not authorized to perform: x:Read on resource: r with an explicit deny in a resource control policy',
  'User: u is not authorized to perform: x:Read because no service control policy allows the x:Read action',
])('an organisation policy is told from a missing permission: %s', (message) =>
  expect(gapOf(operation, named('AccessDenied', message))).toEqual({
    reason: 'blocked',
    operation: 'x:Read',
    detail: 'denied by an organisation policy',
  }),
);

it('equal causes read equal, whatever the request', () => {
  const [one, two] = ['a1b2c3d4-0000-4000-8000-000000000001', 'ffffffff-0000-4000-8000-00000000000f'].map((id) =>
    gapOf(operation, named('InternalError', `try again\n(request ${id})`)),
  );
  expect(one).toEqual(two);
  expect(one!.detail).toBe('InternalError: try again (request <request>)');
});
it('what the SDK says to programmers is left out', () =>
  expect(
    gapOf(
      operation,
      named('SyntaxError', 'no JSON\n  Deserialization error: to see the raw response, inspect the hidden field'),
    ).detail,
  ).toBe('SyntaxError: no JSON'));
it('long messages are cut to a line', () =>
  expect(gapOf(operation, named('X', 'y'.repeat(10_000))).detail.length).toBeLessThan(250));
it('whatever is thrown is a gap', () =>
  expect(gapOf(operation, 'text')).toEqual({ reason: 'failed', operation: 'x:Read', detail: 'Error: text' }));
