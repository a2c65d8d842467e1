import { isThrottlingError } from '@smithy/core/retry';
import type { RetryErrorInfo, RetryStrategyV2, RetryToken } from '@smithy/types';
import pLimit, { type LimitFunction } from 'p-limit';
import { type AdaptiveRate, adaptiveRate, type Reserving, tokenBucket } from './rates.ts';

/** Calls of one account that may be in flight together, over all services and regions. */
const IN_FLIGHT = 192;
/** Calls in flight per service and region: enough to hide latency, few enough to leave the account's own automation its share. */
const IN_FLIGHT_PER_SERVICE = 24;
/** Tries of a call that failed for other reasons than throttling. */
const TRIES = 4;
const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 5_000;
/** How long one call is retried under throttling before it is given up as a gap of reason throttled. */
const PATIENCE_MS = 300_000;

/**
 * EC2 refills 20 requests per second into a bucket of 100, per API, account and region (Amazon EC2 API throttling).
 * Half of that is left to the account's own automation. Services that publish no figure are slowed when they throttle.
 */
const PUBLISHED: Readonly<Record<string, { readonly burst: number; readonly perSecond: number }>> = {
  ec2: { burst: 50, perSecond: 10 },
};

/**
 * Paces the calls of one account: a queue per service and region, and a rate per operation of it, as AWS throttles. One that throttles
 * slows no other.
 */
export interface Pacing {
  of(service: string, region: string): ServicePacing;
}
export interface ServicePacing {
  readonly retryStrategy: RetryStrategyV2;
  /** Runs one attempt when its turn comes. */
  attempt<R>(operation: string, run: () => Promise<R>): Promise<R>;
}

export function pacing(): Pacing {
  const overall = pLimit(IN_FLIGHT);
  const services = new Map<string, ServicePacing>();
  return {
    of(service, region) {
      const key = `${service} ${region}`;
      if (!services.has(key)) services.set(key, servicePacing(overall, PUBLISHED[service]));
      return services.get(key)!;
    },
  };
}

function servicePacing(overall: LimitFunction, published: (typeof PUBLISHED)[string] | undefined): ServicePacing {
  const queue = pLimit(IN_FLIGHT_PER_SERVICE);
  const operations = new Map<string, OperationPacing>();
  const pacingOf = (operation: string): OperationPacing => {
    if (!operations.has(operation))
      operations.set(operation, {
        few: pLimit(IN_FLIGHT_PER_SERVICE),
        turn: pLimit(1),
        rate: adaptiveRate(),
        ...(published && { bucket: tokenBucket(published.burst, published.perSecond) }),
      });
    return operations.get(operation)!;
  };
  return {
    retryStrategy: patientRetries(),
    async attempt(operation, run) {
      const { few, turn, rate, bucket } = pacingOf(operation);
      await wait(bucket?.reserve(performance.now()) ?? 0);
      return few(async () => {
        // One at a time takes its turn, so that a rate that changes is felt at once; and not in the queue, where it would keep others waiting.
        await turn(() => wait(rate.reserve(performance.now())));
        try {
          const answer = await queue(() => overall(run));
          rate.succeeded(performance.now());
          return answer;
        } catch (error) {
          if (isThrottlingError(error as never)) rate.throttled(performance.now());
          else if (isAnswer(error)) rate.succeeded(performance.now());
          throw error;
        }
      });
    },
  };
}

/** That there is no such thing, or that it may not be read, is an answer too: of some buckets most answers are. */
function isAnswer(error: unknown): boolean {
  const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
  return status !== undefined && status < 500;
}

interface OperationPacing {
  readonly few: LimitFunction;
  readonly turn: LimitFunction;
  readonly rate: AdaptiveRate;
  /** Where AWS publishes what it allows. */
  readonly bucket?: Reserving;
}

/** Retries without the quota of the SDK's own strategies, which gives up on answers under heavy throttling. */
function patientRetries(): RetryStrategyV2 {
  return {
    acquireInitialRetryToken: async () => token(0, performance.now()),
    async refreshRetryTokenForRetry(previous, info) {
      if (isQuota(info)) throw info.error!;
      const { since } = previous as Token;
      const tries = previous.getRetryCount() + 1;
      if (!isWorthRetrying(info, tries, performance.now() - since)) throw info.error ?? new Error(info.errorType);
      await wait(delay(info, tries));
      return token(tries, since);
    },
    recordSuccess() {},
  };
}

/** The SDK takes it for throttling. It is a quota of the account, which no waiting mends (IAM API: GenerateCredentialReport, for one). */
function isQuota({ error }: RetryErrorInfo): boolean {
  return (error as Error | undefined)?.name === 'LimitExceededException';
}

type Token = RetryToken & { readonly since: number };
const token = (count: number, since: number): Token => ({ since, getRetryCount: () => count, getRetryDelay: () => 0 });

function isWorthRetrying({ errorType }: RetryErrorInfo, tries: number, waitedMs: number): boolean {
  if (errorType === 'THROTTLING') return waitedMs < PATIENCE_MS;
  return errorType !== 'CLIENT_ERROR' && tries < TRIES;
}

/** What the service asked for; else a growing wait with full jitter. A throttled call waits for its turn at the slowed rate instead. */
function delay({ retryAfterHint, errorType }: RetryErrorInfo, tries: number): number {
  if (retryAfterHint) return Math.min(LONGEST_WAIT_MS, Math.max(0, retryAfterHint.getTime() - Date.now()));
  if (errorType === 'THROTTLING') return 0;
  return Math.random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
}

const wait = (ms: number): Promise<void> | undefined =>
  ms > 0 ? new Promise((resolve) => setTimeout(resolve, ms)) : undefined;
