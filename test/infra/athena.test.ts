import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../../lib/store/memory.ts';
import { ndjson } from '../../lib/store/ndjson.ts';
import { keys, newRunKey, runKeyOf, type Store } from '../../lib/store/store.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { audited, useEmulator } from '../support/audited.ts';
import { packaged, resolved, root, type Stack } from './_stack.ts';

let stack: Stack;
let emulator: Emulator;
let store: Store;
const run = { date: '2026-06-01', run: '20260601T020000Z-1a2b3c4d' };
const ACCOUNT = '111122223333';
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
  store = memoryStore();
  const options = ['reportDays=200', 'inventoryDays=30'].flatMap((option) => ['--param', option]);
  [stack] = await Promise.all([
    packaged(...options),
    audited({ store, run, regions: ['eu-west-1'], keepsInventory: true }),
  ]);
}, 300_000);
afterAll(async () => {
  await emulator.close();
  await rm(stack.folder, { recursive: true });
});

const properties = (name: string, parameters = {}) =>
  resolved(stack.template.Resources[name]!.Properties, stack.template, parameters);
const named = (type: string) =>
  Object.keys(stack.template.Resources).filter((name) => stack.template.Resources[name]!.Type === type);

/** A column's type as Hive writes it: struct<a:string,b:map<string,string>>. */
type Hive =
  | { readonly kind: 'string' }
  | { readonly kind: 'boolean' }
  | { readonly kind: 'struct'; readonly fields: Readonly<Record<string, Hive>> }
  | { readonly kind: 'map'; readonly values: Hive };

function hive(text: string): Hive {
  const [, outer, inner] = /^(struct|map)<(.*)>$/.exec(text) ?? [];
  if (!outer) {
    if (text !== 'string' && text !== 'boolean') throw new Error(`no column is expected to be of the type ${text}`);
    return { kind: text };
  }
  const parts = split(inner!);
  if (outer === 'map') return { kind: 'map', values: hive(parts[1]!) };
  const fields = parts.map((part) => {
    const at = part.indexOf(':');
    return [part.slice(0, at), hive(part.slice(at + 1))] as const;
  });
  return { kind: 'struct', fields: Object.fromEntries(fields) };
}

/** At the commas that are in no brackets. */
function split(text: string): string[] {
  let depth = 0;
  const cuts = text.split('').flatMap((sign, index) => {
    depth += Number(sign === '<') - Number(sign === '>');
    return sign === ',' && depth === 0 ? [index] : [];
  });
  return [-1, ...cuts].map((cut, index) => text.slice(cut + 1, cuts[index]));
}

/** A table as a row is seen by it: its columns as one struct, and its names for what has capitals. */
function tableOf(name: string) {
  const { TableInput: input } = properties(name);
  const columns = input.StorageDescriptor.Columns as readonly { Name: string; Type: string }[];
  const fields = Object.fromEntries(columns.map(({ Name, Type }) => [Name, hive(Type)]));
  const serde = input.StorageDescriptor.SerdeInfo.Parameters as Readonly<Record<string, string>>;
  return { input, row: { kind: 'struct', fields } as const, serde };
}
const TABLES = ['FindingsTable', 'InventoryTable'] as const;

/** What is wrong about reading a value as a type: what the table has no name for, and what is not of the type. */
function misread(value: unknown, type: Hive, serde: Readonly<Record<string, string>>, path: string): string[] {
  if (value === null || type.kind === 'string') return [];
  if (type.kind === 'boolean') return typeof value === 'boolean' ? [] : [`${path} is no boolean`];
  if (typeof value !== 'object' || Array.isArray(value)) return [`${path} is no ${type.kind}`];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (type.kind === 'map') return misread(inner, type.values, serde, `${path}.*`);
    const column = name.toLowerCase();
    const field = type.fields[column];
    if (!field || (column !== name && serde[`mapping.${column}`] !== name)) return [`${path} has no ${name}`];
    return misread(inner, field, serde, `${path}.${name}`);
  });
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
}

describe('tables', () => {
  it('name every member that the schema of findings has, with its type, and no other', async () => {
    const schema = JSON.parse(await readFile(join(root, 'schemas/findings.schema.json'), 'utf8'));
    const names: string[] = [];
    const typeOf = (part: Schema): Hive => {
      if (part.$ref) return typeOf(schema.$defs[part.$ref.replace('#/$defs/', '')]);
      if (part.properties) {
        names.push(...Object.keys(part.properties));
        const fields = Object.entries(part.properties).map(([name, inner]) => [name.toLowerCase(), typeOf(inner)]);
        return { kind: 'struct', fields: Object.fromEntries(fields) };
      }
      if (part.type === 'object') return { kind: 'map', values: typeOf(part.additionalProperties as Schema) };
      return { kind: typeof part.const === 'boolean' ? 'boolean' : 'string' };
    };
    // Why a finding changed is kept in the header of the run, and joined when its reports are written.
    const { cause: _, ...stored } = schema.$defs.finding.properties;
    const { row, serde } = tableOf('FindingsTable');
    expect(row).toEqual(typeOf({ properties: stored }));
    const mapped = names.flatMap((name) => (/[A-Z]/.test(name) ? [[`mapping.${name.toLowerCase()}`, name]] : []));
    expect(serde).toEqual({ 'case.insensitive': 'FALSE', ...Object.fromEntries(mapped) });
  });

  it('read what a run has stored, all of it', async () => {
    const findings = tableOf('FindingsTable');
    const seen = new Set<string>();
    const wrong = new Set<string>();
    for await (const finding of ndjson<{ status: string }>(store, keys.findings(run, ACCOUNT))) {
      seen.add(finding.status);
      for (const one of misread(finding, findings.row, findings.serde, 'finding')) wrong.add(one);
    }
    expect([...seen].toSorted()).toEqual(['FAIL', 'PASS', 'SKIP', 'UNKNOWN']);
    const inventory = tableOf('InventoryTable');
    const rows = (await store.list(keys.inventoryOf(run, ACCOUNT))).filter((key) => key.endsWith('.ndjson.gz'));
    expect(rows.length).toBeGreaterThan(20);
    for (const key of rows)
      for await (const row of ndjson(store, key))
        for (const one of misread(row, inventory.row, inventory.serde, 'row')) wrong.add(one);
    expect([...wrong]).toEqual([]);
  });

  it('take a note beside the rows for a row without an ARN, and fail on none', async () => {
    const { row } = tableOf('InventoryTable');
    const notes = (await store.list(keys.inventoryOf(run, ACCOUNT))).filter((key) => !key.endsWith('.ndjson.gz'));
    expect(notes.length).toBeGreaterThan(0);
    const columns = Object.values(row.fields);
    for (const key of notes) {
      // The SerDe gives the elements of a list to the columns in their order.
      const note = JSON.parse(Buffer.from((await store.get(key))!).toString()) as readonly object[];
      for (const [index, type] of columns.entries())
        expect(type.kind === 'string' || typeof note[index] === 'object' || note[index] === undefined).toBe(true);
      expect(columns.slice(1).every(({ kind }) => kind === 'string')).toBe(true);
      expect(note[0]).not.toHaveProperty('arn');
    }
  });

  it.each(TABLES)('%s tells names apart as JSON does, and hides no damage', (name) => {
    const { input, serde } = tableOf(name);
    expect(input.StorageDescriptor.SerdeInfo.SerializationLibrary).toBe('org.openx.data.jsonserde.JsonSerDe');
    expect(serde['case.insensitive']).toBe('FALSE');
    expect(serde).not.toHaveProperty('ignore.malformed.json');
  });

  it.each([
    ['FindingsTable', 'findings/', 200, keys.findings(run, ACCOUNT)],
    ['InventoryTable', 'inventory/', 30, keys.inventory(run, ACCOUNT, 'eu-west-1', 'AWS-S3-Bucket.ndjson.gz')],
  ] as const)('%s has a partition for each day that is kept', (name, prefix, days, key) => {
    const { input } = tableOf(name);
    expect(input.PartitionKeys).toMatchObject([{ Name: 'day', Type: 'string' }]);
    expect(input.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.day.type': 'date',
      'projection.day.format': 'yyyy-MM-dd',
      'projection.day.range': `NOW-${days}DAYS,NOW`,
    });
    const template = input.Parameters['storage.location.template'] as string;
    expect(template).toMatch(/\/date=\$\{day\}\/$/);
    expect(`s3://ReportBucket/${key}`.startsWith(template.replace('${day}', run.date))).toBe(true);
    expect(template.startsWith(input.StorageDescriptor.Location)).toBe(true);
    const { Rules } = properties('ReportBucket').LifecycleConfiguration;
    const kept = Rules.find(({ Prefix }: { Prefix?: string }) => Prefix === prefix);
    expect(Number(kept.ExpirationInDays)).toBe(days);
  });

  it('lie in a database whose name needs no quotes', () => {
    expect(properties('ReportDatabase').DatabaseInput.Name).toBe('ronda_dev');
    for (const name of named('AWS::Glue::Table')) expect(properties(name).DatabaseName).toBe('ReportDatabase');
  });
});

/** Amazon Athena user guide, "Reserved keywords in SQL SELECT statements". */
const RESERVED = new Set(
  `alter and as between by case cast constraint create cross cube current_date current_path current_time current_timestamp current_user
  deallocate delete describe distinct drop else end escape except execute exists extract false first for from full group grouping having
  in inner insert intersect into is join last left like localtime localtimestamp natural normalize not null on or order outer prepare
  recursive right rollup select table then true unescape union unnest using values when where with`.split(/\s+/),
);
/** Trino's, which Athena engine version 3 is made from. */
const FUNCTIONS = new Set(
  'array_agg array_position bool_or coalesce count count_if max max_by min regexp_extract regexp_like'.split(' '),
);

describe('queries', () => {
  const QUERIES = ['OpenFindingsQuery', 'NewFindingsQuery', 'UnknownFindingsQuery', 'InventoryQuery'];
  const sqlOf = (query: string) => properties(query).QueryString as string;
  /** Without what is quoted as text. */
  const bare = (sql: string) => sql.replaceAll(/'[^']*'/g, "''");

  it('are there for whoever opens the work group', () => {
    expect(named('AWS::Athena::NamedQuery').toSorted()).toEqual(QUERIES.toSorted());
    for (const query of QUERIES)
      expect(properties(query)).toMatchObject({ Database: 'ReportDatabase', WorkGroup: 'QueryWorkGroup' });
  });

  it.each(QUERIES)('%s names what its table has', (query) => {
    const sql = bare(sqlOf(query));
    const table = /FROM (findings|inventory)\b/.exec(sql)![1]!;
    const { row, input } = tableOf(table === 'findings' ? 'FindingsTable' : 'InventoryTable');
    expect(input.Name).toBe(table);
    const aliases = [...sql.matchAll(/\bAS ("?)([a-z_]+)\1/g), ...sql.matchAll(/(?:WITH|,) ()([a-z_]+) AS \(/g)].map(
      ([, , name]) => name!,
    );
    for (const alias of aliases) expect(RESERVED).not.toContain(alias);
    const known = new Set([...aliases, table, 'day', '$path', 'current_date', ...Object.keys(row.fields)]);
    for (const [, name, call] of sql.matchAll(/"?(?<![A-Z])([a-z$][a-z_.]*)"?(\()?/g)) {
      if (call) {
        expect(FUNCTIONS).toContain(name);
        continue;
      }
      const [column, ...fields] = name!.split('.') as [string, ...string[]];
      expect(known).toContain(column);
      let type: Hive | undefined = row.fields[column];
      for (const field of fields) {
        expect(type?.kind).toBe('struct');
        type = type?.kind === 'struct' ? type.fields[field] : undefined;
        expect(type, `${name} in ${query}`).toBeDefined();
      }
    }
  });

  it.each(QUERIES)('%s is whole, and reads few days', (query) => {
    const sql = bare(sqlOf(query));
    let depth = 0;
    for (const sign of sql) {
      depth += Number(sign === '(') - Number(sign === ')');
      expect(depth).toBeGreaterThanOrEqual(0);
    }
    expect(depth).toBe(0);
    expect(sqlOf(query)).toMatch(/day >= CAST\(current_date - INTERVAL '[78]' DAY AS varchar\)/);
    expect(sql).not.toContain(';');
  });

  it.each(QUERIES)('%s knows the runs of the night by their paths', (query) => {
    const path = (key: { date: string; run: string }) => `s3://bucket/${keys.findings(key, ACCOUNT)}`;
    const sql = sqlOf(query);
    const id = new RegExp(/regexp_extract\("\$path", '([^']+)', 1\)/.exec(sql)![1]!);
    const night = runKeyOf('2026-06-01T02:00:00.000Z', '1a2b3c4d');
    expect(id.exec(path(night))![1]).toBe(night.run);
    const nights = /regexp_like\("\$path", '([^']+)'\)/.exec(sql)?.[1];
    // Inventories are kept of nights alone.
    expect(nights === undefined).toBe(query === 'InventoryQuery');
    if (!nights) return;
    expect(path(night)).toMatch(new RegExp(nights));
    expect(path(newRunKey(new Date('2026-06-01T10:00:00Z')))).not.toMatch(new RegExp(nights));
  });

  it('of the inventory leaves out what is no row', () => {
    expect(sqlOf('InventoryQuery')).toContain('identity.arn IS NOT NULL');
  });

  it.each([
    [{ Encryption: 'kms' }, { EncryptionOption: 'SSE_KMS', KmsKey: 'ReportKey' }],
    [{ Encryption: 's3' }, { EncryptionOption: 'SSE_S3' }],
  ])('with %j their results are encrypted, whoever asks, and go after a week', (parameters, encryption) => {
    const { WorkGroupConfiguration: configuration } = properties('QueryWorkGroup', parameters);
    expect(configuration.EnforceWorkGroupConfiguration).toBe(true);
    expect(configuration.ResultConfiguration).toEqual({
      OutputLocation: 's3://ReportBucket/athena/',
      ExpectedBucketOwner: ACCOUNT,
      EncryptionConfiguration: encryption,
    });
    expect(properties('ReportBucket').LifecycleConfiguration.Rules).toContainEqual({
      Id: 'query-results',
      Status: 'Enabled',
      Prefix: 'athena/',
      ExpirationInDays: 7,
    });
  });
});
