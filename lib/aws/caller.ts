import { CallFailed, gapOf, Gone } from './gaps.ts';
import { type Aws, type Declared, type Operation, operationsIn, type Source } from './operations.ts';

export interface Place {
  readonly account: string;
  /** 'global' for account-wide services: they are called in the partition's home region. */
  readonly region: string;
  readonly partition: string;
}
/** Hands out a client for one place; the only code that constructs SDK clients. */
export type Clients = (operation: Operation, place: Place) => InstanceType<Operation['client']>;

/** What one account's collection shares: its clients, its time limit, and the bulk answers read so far. */
export interface Session {
  readonly clients: Clients;
  /** Aborted when the time is up: calls that have not answered by then are gaps of reason not-scanned. */
  readonly deadline?: AbortSignal;
  readonly sources: Map<Source<any>, Map<string, Promise<unknown>>>;
  /** Calls made for one resource: facets that ask the same share one call. */
  readonly asked?: Map<string, Promise<unknown>>;
  /** Kept by a list that can go on where an earlier one stopped. */
  readonly bookmark?: Bookmark | undefined;
}
/** The token of the page that a list is at; undefined for the first. */
export interface Bookmark {
  token: unknown;
}

/** A caller for one place that can do what was declared and nothing else. */
export function caller<D extends Declared>(declared: D, place: Place, session: Session): Aws<D> {
  const operations = operationsIn(declared);

  function clientFor(operation: Operation) {
    if (!operations.includes(operation)) throw new TypeError(`${operation.action} is called but not declared`);
    if (session.deadline?.aborted) throw new CallFailed(outOfTime(operation));
    return session.clients(operation, place);
  }

  function failed(operation: Operation, error: unknown): Error {
    if (error instanceof CallFailed) return error;
    if (operation.gone.includes((error as Error)?.name)) return new Gone(operation.action, { cause: error });
    return new CallFailed(session.deadline?.aborted ? outOfTime(operation) : gapOf(operation, error), error);
  }

  async function answer(operation: Operation, input: unknown): Promise<unknown> {
    const client = clientFor(operation);
    try {
      return await client.send(new operation.command!(input), { abortSignal: session.deadline });
    } catch (error) {
      const code = (error as Error)?.name;
      if (operation.absent.includes(code)) return null;
      if (Object.hasOwn(operation.answers, code)) return operation.answers[code];
      throw failed(operation, error);
    }
  }

  function shared(operation: Operation, input: unknown, ask: () => Promise<unknown>): Promise<unknown> {
    if (!session.asked) return ask();
    const key = `${operation.command!.name} ${place.region} ${JSON.stringify(input)}`;
    if (!session.asked.has(key)) session.asked.set(key, ask());
    return session.asked.get(key)!;
  }

  return {
    ...place,
    call: (operation, input) => shared(operation, input, () => answer(operation, input)) as never,
    async *pages(operation, input) {
      const client = clientFor(operation);
      const { bookmark } = session;
      const startingToken = bookmark?.token;
      const tokens = new Set<unknown>();
      try {
        // A copy: the SDK's paginators write the token of the next page into their input, which collectors share.
        const own = { ...input };
        for await (const page of operation.paginate!({ client, startingToken }, own, {
          abortSignal: session.deadline,
        }) as AsyncIterable<never>) {
          yield page;
          const token = nextToken(page);
          if (token === undefined && isCutShort(page))
            throw new CallFailed({
              reason: 'failed',
              operation: operation.action,
              detail: 'AWS said that there is more, and not where',
            });
          if (token === undefined) continue;
          if (tokens.has(token))
            throw new CallFailed({
              reason: 'failed',
              operation: operation.action,
              detail: 'AWS repeated a page token',
            });
          tokens.add(token);
          if (bookmark) bookmark.token = token;
          clientFor(operation);
        }
      } catch (error) {
        if (tokens.size === 0 && startingToken === undefined && operation.absent.includes((error as Error)?.name))
          return;
        throw failed(operation, error);
      }
    },
    read: (source) => readOnce(source, place, session) as never,
    peek: (source) => readOnce(source, place, session).catch(() => null) as never,
    in: (region) => caller(declared, { ...place, region }, session),
  };
}

function readOnce(source: Source, place: Place, session: Session): Promise<unknown> {
  const places = session.sources.get(source) ?? new Map<string, Promise<unknown>>();
  session.sources.set(source, places);
  const key = `${place.account} ${place.region}`;
  // Not the calls made for one resource: a source may ask the same thing again and again until it is ready.
  const { asked: _, bookmark: __, ...own } = session;
  if (!places.has(key)) places.set(key, source.read(caller(source.operations, place, own)));
  return places.get(key)!;
}

/** The names under which AWS hands out the token of the next page. */
const TOKENS = ['NextToken', 'nextToken', 'Marker', 'NextMarker', 'ContinuationToken', 'NextContinuationToken'];

function nextToken(page: Readonly<Record<string, unknown>>): unknown {
  const name = TOKENS.find((token) => page[token]);
  return name && page[name];
}

/** IAM and S3 say so beside the token, and so does KMS under a name of its own. */
function isCutShort({
  IsTruncated,
  Truncated,
}: {
  readonly IsTruncated?: boolean;
  readonly Truncated?: boolean;
}): boolean {
  return IsTruncated === true || Truncated === true;
}

const outOfTime = (operation: Operation) =>
  ({ reason: 'not-scanned', operation: operation.action, detail: 'the time for this run was up' }) as const;
