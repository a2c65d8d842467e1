import http from 'node:http';
import https from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { isChunked, unchunked } from './chunked.ts';
import { engine, type Outcome } from './engine.ts';
import { latencyOf, type Profile } from './profile.ts';
import type { HttpRequest } from './protocol.ts';
import { newState, type PublishedMessage, type StoredObject } from './state.ts';
import { EXAMPLE, loadWorld, type World, type WorldFile } from './world.ts';

export interface EmulatorOptions {
  /** The description: an object, or with `file` the path of a JSON file; one of the two. */
  readonly world?: WorldFile;
  readonly file?: string;
  /** The moment that relative times of the description count from; by default the moment of starting. */
  readonly now?: Date;
  /** 0, the default, lets the system choose. */
  readonly port?: number;
  readonly host?: string;
  readonly profile?: Profile;
  /** Serve HTTPS with this key and certificate (PEM). */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** The clock in ms that throttling goes by. */
  readonly clock?: () => number;
}

/** One answered request. Status 0: the connection was broken or no answer was given. */
export interface LoggedRequest {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly account: string;
  readonly status: number;
  readonly isThrottled: boolean;
  /** Milliseconds since the emulator was started. */
  readonly time: number;
}

export interface Stats {
  /** 'service:Operation' -> number of requests. */
  readonly calls: Readonly<Record<string, number>>;
  readonly requests: number;
  readonly connections: number;
  readonly maxInFlight: number;
  readonly throttled: number;
}

export interface Emulator {
  /** `http://127.0.0.1:PORT`, for SDK clients' `endpoint` and for AWS_ENDPOINT_URL. */
  readonly endpoint: string;
  readonly world: World;
  readonly requests: readonly LoggedRequest[];
  stats(): Stats;
  /** S3 objects, by 'bucket/key'. */
  readonly objects: Map<string, StoredObject>;
  /** Messages published to SNS. */
  readonly messages: readonly PublishedMessage[];
  /** Behave differently from now on; counters of faults and buckets of throttling start anew. */
  setProfile(profile: Profile): void;
  /** Forget requests and counters. */
  resetStats(): void;
  /** As if hours had passed: the next credential reports are made anew. */
  ageReports(): void;
  close(): Promise<void>;
}

/** A new connection costs two round trips before its first request: TCP and TLS. */
const ROUND_TRIPS_TO_CONNECT = 2;

/** Starts an AWS endpoint on loopback that answers real clients for the described accounts. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { world: given, file, now, host = '127.0.0.1', port = 0, profile = {}, tls } = options;
  const world = loadWorld(given ?? file ?? EXAMPLE, now);
  const state = newState(world);
  const aws = engine(world, state, profile, options.clock ?? (() => performance.now()));
  const started = performance.now();
  const requests: LoggedRequest[] = [];
  let counters = { connections: 0, inFlight: 0, maxInFlight: 0, throttled: 0 };
  const fresh = new WeakSet<Socket>();

  function receive(request: http.IncomingMessage, response: http.ServerResponse): void {
    counters.inFlight += 1;
    counters.maxInFlight = Math.max(counters.maxInFlight, counters.inFlight);
    const counted = counters;
    response.once('close', () => (counted.inFlight -= 1));
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = 'GET', url = '/', headers } = request;
      answer({ method, url, headers, body: isChunked(headers) ? unchunked(body) : body }, response, request.socket);
    });
  }

  function answer(request: HttpRequest, response: http.ServerResponse, socket: Socket): void {
    const outcome = aws.answer(request);
    if (outcome.isThrottled) counters.throttled += 1;
    const roundTrip = latencyOf(aws.profile(), outcome.region);
    const trips = fresh.delete(socket) ? 1 + ROUND_TRIPS_TO_CONNECT : 1;
    const send = () => {
      log(outcome);
      deliver(outcome, request, response, socket);
    };
    if (roundTrip > 0) setTimeout(send, roundTrip * trips);
    else send();
  }

  function log({ service, region, operation, account, result, isThrottled }: Outcome): void {
    const status = typeof result === 'string' ? 0 : result.status;
    requests.push({ service, region, operation, account, status, isThrottled, time: performance.now() - started });
  }

  const server = tls ? https.createServer(tls, receive) : http.createServer(receive);
  // Timers of idle connections would hold tests up; clients close their own.
  server.keepAliveTimeout = 0;
  server.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
    counters.connections += 1;
    fresh.add(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const bound = (server.address() as AddressInfo).port;
  return {
    endpoint: `${tls ? 'https' : 'http'}://${host}:${bound}`,
    world,
    requests,
    stats: () => ({ calls: countCalls(requests), requests: requests.length, ...withoutInFlight(counters) }),
    objects: state.objects,
    messages: state.messages,
    setProfile: aws.setProfile,
    resetStats: () => {
      requests.length = 0;
      counters = { connections: 0, inFlight: 0, maxInFlight: 0, throttled: 0 };
    },
    ageReports: () => state.reportRequests.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

let lastRequest = 0;

function deliver({ result }: Outcome, { method }: HttpRequest, response: http.ServerResponse, socket: Socket): void {
  if (result === 'hang') return;
  if (result === 'reset') {
    socket.destroy();
    return;
  }
  lastRequest += 1;
  const id = `00000000-0000-4000-8000-${String(lastRequest).padStart(12, '0')}`;
  response.writeHead(result.status, {
    'x-amzn-requestid': id,
    'x-amz-request-id': id,
    ...result.headers,
    ...(method === 'HEAD' ? {} : { 'content-length': Buffer.byteLength(result.body) }),
  });
  response.end(method === 'HEAD' ? undefined : result.body);
}

function countCalls(requests: readonly LoggedRequest[]): Record<string, number> {
  const calls: Record<string, number> = {};
  for (const { service, operation } of requests) {
    const name = `${service}:${operation}`;
    calls[name] = (calls[name] ?? 0) + 1;
  }
  return calls;
}

function withoutInFlight({ connections, maxInFlight, throttled }: Omit<Stats, 'calls' | 'requests'>) {
  return { connections, maxInFlight, throttled };
}
