export type IamAction = `${Lowercase<string>}:${string}`;

type Any = any;
type CommandClass<I, O> = new (...args: Any[]) => {
  readonly input: I;
  resolveMiddleware: (...a: Any[]) => (input: Any) => Promise<{ output: O }>;
};
type Paginate<I, O> = (config: { client: Any; startingToken?: Any }, input: I, ...options: Any[]) => AsyncIterable<O>;

/** A declared API operation: the only thing a collector can call, and the only source of the scan role's policy. */
export interface Operation<I = Any, O = Any, A extends IamAction = IamAction> {
  readonly client: new (config: Any) => { send(command: Any, options?: Any): Promise<unknown>; destroy(): void };
  readonly command?: CommandClass<I, O>;
  readonly paginate?: Paginate<I, O>;
  readonly action: A;
  /** Error codes that mean "not configured": the caller gets null, which is a value, not a gap. */
  readonly absent: readonly string[];
  /** Error codes that mean "deleted since it was listed": the resource is left out of the inventory. */
  readonly gone: readonly string[];
  /** Error codes that are an answer, with the answer that they are: the caller gets it as if AWS had said so. */
  readonly answers: Readonly<Record<string, O>>;
}
interface Codes<O> {
  readonly absent?: readonly string[];
  readonly gone?: readonly string[];
  readonly answers?: Readonly<Record<string, O>>;
}

/** The operations of one SDK client, each with the IAM action that allows it (which is not always the operation's name). */
export function service(client: Operation['client']) {
  return {
    call: <I, O, const A extends IamAction>(
      command: CommandClass<I, O>,
      action: A,
      codes: Codes<NoInfer<O>> = {},
    ): Operation<I, O, A> => ({
      client,
      command,
      action,
      absent: codes.absent ?? [],
      gone: codes.gone ?? [],
      answers: codes.answers ?? {},
    }),
    /** `absent` speaks of the first page: on a later one the error is a gap, or the list would be cut short. */
    pages: <I, O, const A extends IamAction>(
      paginate: Paginate<I, O>,
      action: A,
      codes: Omit<Codes<O>, 'answers'> = {},
    ): Operation<I, O, A> => ({
      client,
      paginate,
      action,
      absent: codes.absent ?? [],
      gone: codes.gone ?? [],
      answers: {},
    }),
  };
}

/** A bulk answer that several resource types share: read once per account and region, however many ask for it. */
export interface Source<V = unknown> {
  readonly operations: readonly Operation[];
  read(aws: Aws<readonly Operation[]>): Promise<V>;
}

export function source<const O extends readonly Operation[], V>(
  operations: O,
  read: (aws: Aws<O>) => Promise<V>,
): Source<V> {
  return { operations, read: read as Source<V>['read'] };
}

/** What a listing or a facet may do: call operations, and read shared sources. */
export type Declared = readonly (Operation | Source<any>)[];

export function operationsIn(declared: Declared): readonly Operation[] {
  return declared.flatMap((item) => ('operations' in item ? item.operations : [item]));
}

type InputOf<O> = O extends Operation<infer I> ? I : never;
type OutputOf<O> = O extends Operation<Any, infer R> ? R : never;

/** A caller that accepts what was declared and nothing else: an undeclared call does not compile. Failures are thrown as gaps. */
export interface Aws<D extends Declared> {
  /** Null when AWS says that nothing is configured. */
  call<O extends Extract<D[number], Operation>>(operation: O, input: InputOf<O>): Promise<OutputOf<O> | null>;
  /** No page when AWS says that nothing is configured. */
  pages<O extends Extract<D[number], Operation>>(operation: O, input: InputOf<O>): AsyncIterable<OutputOf<O>>;
  read<V>(source: Source<V> & Extract<D[number], Source<any>>): Promise<V>;
  /** What a source holds, or null where it could not be read. To save calls by; never to stand in for a value. */
  peek<V>(source: Source<V> & Extract<D[number], Source<any>>): Promise<V | null>;
  /** The same caller in another region of the account. */
  in(region: string): Aws<D>;
  readonly account: string;
  readonly region: string;
  readonly partition: string;
}
