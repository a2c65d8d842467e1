import { type AwsStub, mockClient } from 'aws-sdk-client-mock';
import { afterEach, expect } from 'vitest';
import { collect } from '../../lib/aws/collect.ts';
import { type Operation, operationsIn } from '../../lib/aws/operations.ts';
import type { Resource } from '../../lib/aws/resource.ts';
import type { Cell, Row } from '../../lib/core/model.ts';

type Mock = AwsStub<any, any, any>;
const AT = new Date('2026-01-01T00:00:00Z');

/** An error as the SDK throws it for an error code. */
export function awsError(name: string, message = name): Error {
  return Object.assign(new Error(message), { name });
}

/** One mock for each client, however many types of a test file use it: a second one would silence the first. */
const mocked = new Map<Operation['client'], Mock>();

function mockOf(client: Operation['client']): Mock {
  const mock = mocked.get(client) ?? (mockClient(client as never) as Mock);
  mocked.set(client, mock);
  return mock;
}

/** Mocks the SDK clients of one resource type and collects from them, all facets by default. */
export function collector(
  type: Resource<string, any, any>,
  region = type.scope === 'regional' ? 'eu-west-1' : 'global',
) {
  const operations = operationsIn([
    ...type.operations,
    ...Object.values((type as Resource).facets).flatMap((facet) => facet.operations),
  ]);
  const clients = [...new Set(operations.map((operation) => operation.client))];
  const mocks = new Map(clients.map((client) => [client, mockOf(client)]));
  const made = new Map(
    clients.map((client) => [
      client,
      new client({ region: 'eu-west-1', credentials: { accessKeyId: 'x', secretAccessKey: 'x' } }),
    ]),
  );
  afterEach(() => {
    for (const mock of mocks.values()) mock.reset();
  });
  return {
    /** The mock of a client; of the only one by default. */
    aws: (client?: Operation['client']): Mock => mocks.get(client ?? clients[0]!)!,
    async collected(facets: readonly string[] = Object.keys(type.facets)): Promise<{ rows: Row[]; cell: Cell }> {
      const rows: Row[] = [];
      let cell: Cell | undefined;
      const session = { clients: (operation: Operation) => made.get(operation.client)!, sources: new Map() };
      for await (const item of collect(
        type as Resource,
        facets,
        { account: '111122223333', region, partition: 'aws' },
        session,
        () => AT,
      )) {
        if ('row' in item) rows.push(item.row);
        else cell = item.cell;
      }
      // What is collected must survive the NDJSON store: no Date, Set or Uint8Array, no undefined.
      expect(JSON.parse(JSON.stringify(rows))).toStrictEqual(rows);
      return { rows, cell: cell! };
    },
  };
}
