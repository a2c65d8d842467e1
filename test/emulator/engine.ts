import { iamActionOf, resourceOf } from './actions.ts';
import { AwsError, denied, regionDisabled, skewed, throttled } from './errors.ts';
import { gone, spoiled } from './faults.ts';
import type { ServiceModel } from './model.ts';
import { faultFinder, refusal, throttler, type Fault, type Profile } from './profile.ts';
import { understand, writeError, writeOutput, type Call, type HttpRequest } from './protocol.ts';
import type { Written } from './rest.ts';
import type { Context, Raw } from './services/context.ts';
import { isStatic, SERVICES } from './services/index.ts';
import type { Caller, State } from './state.ts';
import type { Account, World } from './world.ts';

/** What happens to a request: an answer, a broken connection, or nothing at all. */
export interface Outcome {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly account: string;
  readonly result: Written | 'reset' | 'hang';
  readonly isThrottled: boolean;
}

export interface Engine {
  readonly answer: (request: HttpRequest) => Outcome;
  readonly setProfile: (profile: Profile) => void;
  readonly profile: () => Profile;
}

const MAX_CACHED_BYTES = 64_000_000;

/** The emulated AWS without its network: takes requests, gives outcomes. `clock` in ms is what throttling goes by. */
export function engine(world: World, state: State, initial: Profile, clock: () => number): Engine {
  const cache = new Map<string, Written>();
  let cachedBytes = 0;
  let current = behaviour(initial, clock);

  function answer(request: HttpRequest): Outcome {
    const call = understand(request);
    if (!call) return unsigned();
    const caller = callerOf(call.accessKeyId, world, state);
    const account = world.accounts.get(caller.account)!;
    const base = { service: call.service, region: call.region, operation: call.operation, account: caller.account };
    const fault = current.faultOf(call);
    if (fault?.kind === 'hang' || isHanging(current.profile, call))
      return { ...base, result: 'hang', isThrottled: false };
    if (fault?.kind === 'reset') return { ...base, result: 'reset', isThrottled: false };
    const error = (made: AwsError) => told(writeError(call.model, request.method, made));
    const { clockAhead } = current.profile;
    if (clockAhead !== undefined && isOutOfTime(request, clockAhead))
      return { ...base, result: error(skewed(call.model)), isThrottled: false };
    if (fault?.kind === 'throttle' || current.isThrottled(caller.account, call))
      return { ...base, result: error(throttled(call.model)), isThrottled: true };
    const refused = refusedBy(call, caller, account);
    if (refused) return { ...base, result: error(refused), isThrottled: false };
    const struck = fault && spoiledAnswer(fault, call, error);
    const result = struck ?? told(answered(call, request, account, caller, fault));
    return { ...base, result: fault ? spoiled(fault, result) : result, isThrottled: false };
  }

  /** With AWS's time, where it is not the callers'. */
  function told(written: Written): Written {
    const { clockAhead } = current.profile;
    if (clockAhead === undefined) return written;
    return { ...written, headers: { ...written.headers, date: new Date(Date.now() + clockAhead).toUTCString() } };
  }

  function refusedBy(call: Call, caller: Caller, account: Account): AwsError | undefined {
    if (!account.regions.has(call.region)) return regionDisabled(call.model);
    const reason = refusal(current.profile, call);
    const isKnown = SERVICES[call.service]?.[call.operation] && call.operationModel;
    if (!reason && isKnown) return undefined;
    const action = iamActionOf(call.service, call.operation);
    const why = reason ?? `because no identity-based policy allows the ${action} action`;
    return denied(call.model, caller.arn, action, resourceOf(call.service, account.id, call.input()), why);
  }

  function answered(call: Call, request: HttpRequest, account: Account, caller: Caller, fault?: Fault): Written {
    const isKept = fault === undefined && isStatic(call.service, call.operation);
    const key = isKept ? cacheKey(call, request) : '';
    const kept = isKept ? cache.get(key) : undefined;
    if (kept) return kept;
    const context: Context = {
      world,
      account,
      region: call.region,
      here: account.regions.get(call.region)!,
      callerArn: caller.arn,
      accessKeyId: call.accessKeyId,
      service: call.service,
      operation: call.operation,
      profile: current.profile,
      state,
      repeatToken: fault?.kind === 'repeat-token',
    };
    const written = handled(call, request, context);
    if (isKept && cachedBytes < MAX_CACHED_BYTES) {
      cache.set(key, written);
      cachedBytes += written.body.length + key.length;
    }
    return written;
  }

  return {
    answer,
    profile: () => current.profile,
    setProfile: (profile) => {
      current = behaviour(profile, clock);
      cache.clear();
      cachedBytes = 0;
    },
  };
}

function behaviour(profile: Profile, clock: () => number) {
  return { profile, faultOf: faultFinder(profile), isThrottled: throttler(profile, clock) };
}

function handled(call: Call, request: HttpRequest, context: Context): Written {
  try {
    const handler = SERVICES[call.service]![call.operation]!;
    const output = handler(call.input() as never, context);
    const raw = (output as Partial<Raw>).$raw;
    return bytes(raw ?? writeOutput(call.model, call.operationModel!, output as Record<string, unknown>));
  } catch (error) {
    if (error instanceof AwsError) return writeError(call.model, request.method, error);
    console.error(`${call.service}:${call.operation}`, error);
    return writeError(call.model, request.method, new AwsError(500, 'InternalFailure', String(error)));
  }
}

function bytes(written: Written): Written {
  return { ...written, body: Buffer.from(written.body) };
}

function cacheKey(call: Call, { method, url, body, headers }: HttpRequest): string {
  const target = String(headers['x-amz-target'] ?? headers['x-amz-account-id'] ?? '');
  return [
    call.accessKeyId,
    call.region,
    call.service,
    method,
    headers['host'],
    url,
    target,
    body.toString('latin1'),
  ].join('\n');
}

/** Keys that AssumeRole handed out are known; others may carry the account's number; the rest belong to the default account. */
function callerOf(accessKeyId: string, world: World, state: State): Caller {
  const session = state.sessions.get(accessKeyId);
  if (session) return session;
  const numbered = /^A[KS]IA(\d{12})/.exec(accessKeyId)?.[1] ?? '';
  const account = world.accounts.get(numbered) ?? world.accounts.get(world.defaultAccount)!;
  return { account: account.id, arn: account.callerArn, userId: 'AIDAEMULATORCALLER001' };
}

/** How old a signature may be (Amazon S3 takes three times as much). */
const SIGNATURE_MS = 5 * 60_000;

function isOutOfTime({ headers }: HttpRequest, clockAhead: number): boolean {
  const [, date, time] = /^(\d{8})T(\d{6})Z$/.exec(String(headers['x-amz-date'])) ?? [];
  if (!date || !time) return false;
  const at = `${date.replace(/(....)(..)/, '$1-$2-')}T${time.replace(/(..)(..)/, '$1:$2:')}Z`;
  return Math.abs(Date.now() + clockAhead - Date.parse(at)) > SIGNATURE_MS;
}

function isHanging({ hangRegions }: Profile, { service, region }: Call): boolean {
  return service !== 'iam' && Boolean(hangRegions?.includes(region));
}

function spoiledAnswer(fault: Fault, call: Call, error: (made: AwsError) => Written): Written | undefined {
  if (fault.kind === 'gone') return error(gone(call.service, call.operation));
  if (fault.kind !== 'status') return undefined;
  const status = fault.status ?? 500;
  const code = fault.code ?? codeOf(call.model, status);
  return error(new AwsError(status, code, 'The request processing has failed because of an unknown error.'));
}

function codeOf({ protocol, service }: ServiceModel, status: number): string {
  if (status < 500) return 'InvalidRequest';
  if (service === 's3' || protocol === 'ec2') return 'InternalError';
  return protocol === 'json' ? 'InternalServerError' : 'InternalFailure';
}

function unsigned(): Outcome {
  const body =
    '<?xml version="1.0" encoding="UTF-8"?>\n<ErrorResponse><Error><Type>Sender</Type><Code>MissingAuthenticationToken</Code><Message>Request is missing Authentication Token</Message></Error></ErrorResponse>';
  const result = { status: 403, headers: { 'content-type': 'text/xml' }, body };
  return { service: '', region: '', operation: '', account: '', result, isThrottled: false };
}
