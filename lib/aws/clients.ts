import type { Readable } from 'node:stream';
import { isThrottlingError } from '@smithy/core/retry';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { Clients, Session } from './caller.ts';
import type { CallCounts } from './counts.ts';
import { type Pacing, pacing, type ServicePacing } from './pacing.ts';
import { homeRegionOf } from './partitions.ts';
import { signingHash } from './signing.ts';

/** A region that does not connect within this is unreachable (SDK clients wait without end by default). */
const CONNECTION_TIMEOUT_MS = 3_000;
const LATE_MS = 50;
const REQUEST_TIMEOUT_MS = 30_000;
const SOCKETS = 256;

/** One keep-alive agent for all clients of the process: a connection per call would cost two more round trips each. */
const requestHandler = new NodeHttpHandler({
  connectionTimeout: CONNECTION_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  throwOnRequestTimeout: true,
  socketAcquisitionWarningTimeout: 2 * REQUEST_TIMEOUT_MS,
  httpAgent: { keepAlive: true, maxSockets: SOCKETS },
  httpsAgent: { keepAlive: true, maxSockets: SOCKETS },
});

export interface SessionOptions {
  readonly credentials: AwsCredentialIdentityProvider;
  readonly counts: CallCounts;
  /** Aborted when the time for collecting is up. */
  readonly deadline?: AbortSignal | undefined;
}

/** What the collection of one account shares. Clients are made when first needed, one per service and region. */
export function sessionFor({ credentials, counts, deadline }: SessionOptions): Session {
  return { clients: clientsWith(credentials, counts), sources: new Map(), ...(deadline && { deadline }) };
}

function clientsWith(credentials: AwsCredentialIdentityProvider, counts: CallCounts): Clients {
  const pace: Pacing = pacing();
  const clients = new Map<string, ReturnType<Clients>>();
  const settings = new Map<string, Settings>();
  const sha256 = signingHash();
  return (operation, place) => {
    const region = place.region === 'global' ? homeRegionOf(place.partition) : place.region;
    const key = `${operation.client.name} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    const service = operation.client.name.replace(/Client$/, '').toLowerCase();
    const client = new operation.client({
      ...COMMON,
      ...addressOf(service),
      ...settings.get(service),
      sha256,
      region,
      credentials,
      retryStrategy: pace.of(service, region).retryStrategy,
    });
    const { config } = client as unknown as { readonly config: Settings & { signer: Signers } };
    config.signer = signersOf(config.signer);
    if (settings.has(service)) config.serviceConfiguredEndpoint = settings.get(service)!.serviceConfiguredEndpoint;
    else settings.set(service, settingsIn(config));
    addMiddleware(client as unknown as Middlewares, { service, region, counts, pace: pace.of(service, region) });
    clients.set(key, client);
    return client;
  };
}

/**
 * What the SDK takes from the environment and from people's configuration files, which is the same in every Region: each client would
 * look it up again, and does so with a dozen errors thrown and caught.
 */
const SETTINGS = [
  'authSchemePreference',
  'defaultUserAgentProvider',
  'defaultsMode',
  'disableS3ExpressSessionAuth',
  'maxAttempts',
  'requestChecksumCalculation',
  'responseChecksumValidation',
  'retryMode',
  'serviceConfiguredEndpoint',
  'sigv4aSigningRegionSet',
  'useArnRegion',
  'useDualstackEndpoint',
  'useFipsEndpoint',
  'userAgentAppId',
] as const;
type Settings = Partial<Record<(typeof SETTINGS)[number], unknown>>;

function settingsIn(config: Settings): Settings {
  return Object.fromEntries(SETTINGS.flatMap((name) => (config[name] === undefined ? [] : [[name, config[name]]])));
}

interface Scheme {
  readonly signingName?: string;
  readonly signingRegion?: string;
}
type Signers = (scheme?: Scheme) => Promise<unknown>;

/** The SDK makes a signer for every call, out of all that a client knows; it depends on what is signed for alone. */
function signersOf(make: Signers): Signers {
  const made = new Map<string, Promise<unknown>>();
  return (scheme) => {
    const key = `${scheme?.signingName} ${scheme?.signingRegion}`;
    if (!made.has(key)) made.set(key, make(scheme));
    return made.get(key)!;
  };
}

const COMMON = { requestHandler, customUserAgent: [['ronda']], followRegionRedirects: true };

interface Middlewares {
  readonly middlewareStack: {
    addRelativeTo(
      middleware: Middleware,
      options: { name: string; relation: 'after'; toMiddleware: string; override: boolean },
    ): void;
    add(middleware: Middleware, options: { name: string; step: 'build'; priority: 'high' }): void;
    remove(name: string): boolean;
    add(middleware: Reception, options: { name: string; step: 'deserialize'; priority: 'low' }): void;
  };
}
type Attempt = { readonly request: { hostname: string } };
interface Received {
  readonly response: { readonly statusCode: number; body: Readable | Uint8Array };
}
type Reception = (next: (args: object) => Promise<Received>) => (args: object) => Promise<Received>;
type Middleware = (
  next: (args: Attempt) => Promise<unknown>,
  context: { commandName?: string },
) => (args: Attempt) => Promise<unknown>;

/** So many connections that time out, none having succeeded, and the service is not asked again in this run. */
const TIMEOUTS_TO_GIVE_UP = 3;

/** Every attempt, retries too, waits for its turn and is counted. A service that cannot be reached is not asked again and again. */
function addMiddleware(
  client: Middlewares,
  to: { service: string; region: string; counts: CallCounts; pace: ServicePacing },
): void {
  const { service, region, counts, pace } = to;
  let unreachable: Error | undefined;
  let hasAnswered = false;
  let timeouts = 0;
  const isOutOfReach = (error: Error, elapsed: number) => {
    if (hasNoHost(error)) return true;
    // A time-out that comes late says that this process was busy, not that nobody is there.
    if (hasAnswered || !hasNoConnection(error) || elapsed > CONNECTION_TIMEOUT_MS + LATE_MS) return false;
    timeouts += 1;
    return timeouts >= TIMEOUTS_TO_GIVE_UP;
  };
  const paced: Middleware = (next, context) => (args) => {
    const operation = (context.commandName ?? 'Unknown').replace(/Command$/, '');
    return pace.attempt(operation, async () => {
      if (unreachable) throw unreachable;
      counts.called(service, region, operation);
      const started = performance.now();
      try {
        const answer = await next(args);
        hasAnswered = true;
        return answer;
      } catch (error) {
        if (isThrottlingError(error as never)) counts.throttled(service, region, operation);
        if (isOutOfReach(error as Error, performance.now() - started))
          unreachable = unreachableError(error as Error, service, region);
        throw unreachable ?? error;
      }
    });
  };
  client.middlewareStack.addRelativeTo(paced, {
    name: 'rondaPacing',
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    override: true,
  });
  // It leaves the secret fields out of every input and answer, for a log that nobody writes.
  client.middlewareStack.remove('loggerMiddleware');
  client.middlewareStack.add(notMistaken, { name: 'rondaAnswers', step: 'deserialize', priority: 'low' });
  if (service === 's3control' && localEndpoint(service))
    client.middlewareStack.add(onLoopback, { name: 'rondaLoopback', step: 'build', priority: 'high' });
}

const PAGE_OF_A_PROXY = /^\s*<(!doctype\s+)?html\b/i;

/**
 * For the SDK an empty body is an answer that leaves everything out, and so is HTML in a REST-XML service: of a bucket's versioning
 * that would say that it was never enabled. Every operation that is asked answers with a document.
 */
const notMistaken: Reception = (next) => async (args) => {
  const received = await next(args);
  const { response } = received;
  if (response.statusCode !== 200) return received;
  const body = await collected(response.body);
  if (body.length === 0 || PAGE_OF_A_PROXY.test(body.toString('latin1', 0, 100))) throw noAnswer(body.length);
  response.body = body;
  return received;
};

/** By events: iterating over a stream costs several promises for each piece. */
function collected(body: Received['response']['body']): Buffer | Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    body.on('data', (piece: Buffer) => pieces.push(piece));
    body.once('end', () => resolve(pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces)));
    body.once('error', reject);
    // After the end this does nothing.
    body.once('close', () =>
      reject(Object.assign(new Error('the answer broke off'), { name: 'NoAnswer', $retryable: {} })),
    );
  });
}

/** What a second try may mend. */
function noAnswer(length: number): Error {
  const what = length === 0 ? 'the body of the answer is empty' : 'the answer is a page of HTML';
  return Object.assign(new Error(what), { name: 'NoAnswer', $retryable: {} });
}

function hasNoHost(error: Error & { code?: string }): boolean {
  return error.code === 'ENOTFOUND';
}

/** One that times out may be chance; several, with no answer before, are not. */
function hasNoConnection(error: Error & { code?: string }): boolean {
  return error.code === 'EHOSTUNREACH' || (error.name === 'TimeoutError' && /connect/i.test(error.message));
}

/** `NoSuchHost` is named apart: a service that AWS does not offer in a region has no host there. */
function unreachableError(error: Error, service: string, region: string): Error {
  const name = hasNoHost(error) ? 'NoSuchHost' : 'Unreachable';
  return Object.assign(new Error(`no answer from ${service} in ${region}`), { name });
}

/** AWS_ENDPOINT_URL_<SERVICE> or AWS_ENDPOINT_URL when it names this machine. */
function localEndpoint(service: string): URL | undefined {
  const named = service === 's3control' ? 'AWS_ENDPOINT_URL_S3_CONTROL' : `AWS_ENDPOINT_URL_${service.toUpperCase()}`;
  const url = process.env[named] ?? process.env['AWS_ENDPOINT_URL'];
  if (!url) return undefined;
  const parsed = new URL(url);
  return /^(localhost|127\.|\[::1\])/.test(parsed.hostname) ? parsed : undefined;
}

/** The SDK reads endpoint URLs from the environment itself. On a local one, S3 needs paths in place of host names. */
function addressOf(service: string): object {
  const local = localEndpoint(service);
  if (!local) return {};
  if (service === 's3') return { forcePathStyle: true };
  // S3 Control puts the account id before the host, which an IP address cannot carry.
  if (service === 's3control') return { endpoint: `${local.protocol}//localhost:${local.port || '80'}` };
  return {};
}

const onLoopback: Middleware = (next) => (args) => {
  args.request.hostname = '127.0.0.1';
  return next(args);
};
