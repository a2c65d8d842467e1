import type { Protocol } from './model.ts';

/** An error answer of AWS. `detail` holds the further elements of S3 errors, `headers` the further HTTP headers. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  readonly detail: Record<string, string>;
  readonly headers: Record<string, string>;
  constructor(
    status: number,
    code: string,
    message: string,
    more: { detail?: Record<string, string>; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = status;
    this.detail = more.detail ?? {};
    this.headers = more.headers ?? {};
  }
}

interface Kind {
  readonly service: string;
  readonly protocol: Protocol;
}

/** The refusal of a caller without permission. `reason` is the last clause of the message, as AWS words it. */
export function denied(kind: Kind, user: string, action: string, resource: string, reason: string): AwsError {
  const sentence = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  if (kind.protocol === 'ec2')
    return new AwsError(403, 'UnauthorizedOperation', `You are not authorized to perform this operation. ${sentence}`);
  if (kind.service === 'sns') return new AwsError(403, 'AuthorizationError', sentence);
  if (kind.protocol === 'json') return new AwsError(400, 'AccessDeniedException', sentence);
  if (kind.protocol === 'rest-json') return new AwsError(403, 'AccessDeniedException', sentence);
  return new AwsError(403, 'AccessDenied', sentence);
}

/** The refusal of a caller who asks too fast. */
export function throttled(kind: Kind): AwsError {
  if (kind.protocol === 'ec2') return new AwsError(503, 'RequestLimitExceeded', 'Request limit exceeded.');
  if (kind.protocol === 'rest-xml') return new AwsError(503, 'SlowDown', 'Please reduce your request rate.');
  if (kind.protocol === 'query') return new AwsError(400, 'Throttling', 'Rate exceeded');
  return new AwsError(kind.protocol === 'json' ? 400 : 429, 'ThrottlingException', 'Rate exceeded');
}

/** The refusal of a request that was signed at another time than AWS's. */
export function skewed(kind: Kind): AwsError {
  if (kind.protocol === 'ec2') return new AwsError(400, 'RequestExpired', 'Request has expired.');
  if (kind.protocol === 'rest-xml')
    return new AwsError(
      403,
      'RequestTimeTooSkewed',
      'The difference between the request time and the current time is too large.',
    );
  if (kind.protocol === 'query') return new AwsError(403, 'SignatureDoesNotMatch', 'Signature expired');
  return new AwsError(kind.protocol === 'json' ? 400 : 403, 'InvalidSignatureException', 'Signature expired');
}

/** The refusal of credentials in a Region that is not enabled for the account. */
export function regionDisabled(kind: Kind): AwsError {
  const token = 'The security token included in the request is invalid.';
  if (kind.protocol === 'ec2')
    return new AwsError(401, 'AuthFailure', 'AWS was not able to validate the provided access credentials');
  if (kind.protocol === 'query') return new AwsError(403, 'InvalidClientTokenId', token);
  if (kind.protocol === 'json') return new AwsError(400, 'UnrecognizedClientException', token);
  if (kind.protocol === 'rest-json') return new AwsError(403, 'UnrecognizedClientException', token);
  return new AwsError(400, 'InvalidToken', 'The provided token is malformed or otherwise invalid.');
}
