import type { NormalizedSchema } from '@smithy/core/schema';

type Node = string | Branch;
interface Branch {
  [key: string]: Node;
}

/** Reads the form of a query or EC2 request (`Filter.1.Value.1=x`) into the operation's input. */
export function readForm(schema: NormalizedSchema, form: string, ec2: boolean): Record<string, unknown> {
  const root: Branch = Object.create(null);
  for (const [key, value] of new URLSearchParams(form)) plant(root, key.split('.'), value);
  return (read(schema, root, ec2) ?? {}) as Record<string, unknown>;
}

function plant(root: Branch, path: readonly string[], value: string): void {
  let node = root;
  for (const part of path.slice(0, -1)) {
    const next = node[part];
    const branch: Branch = typeof next === 'object' ? next : Object.create(null);
    node[part] = branch;
    node = branch;
  }
  node[path.at(-1)!] = value;
}

function read(schema: NormalizedSchema, node: Node, ec2: boolean): unknown {
  if (schema.isListSchema()) return readList(schema, node, ec2);
  if (schema.isMapSchema()) return readMap(schema, node, ec2);
  if (schema.isStructSchema()) return typeof node === 'string' ? {} : readStruct(schema, node, ec2);
  return typeof node === 'string' ? fromText(schema, node) : undefined;
}

function readStruct(schema: NormalizedSchema, node: Branch, ec2: boolean): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, member] of schema.structIterator()) {
    const child = node[formName(name, member, ec2)];
    if (child !== undefined) result[name] = read(member, child, ec2);
  }
  return result;
}

function formName(name: string, member: NormalizedSchema, ec2: boolean): string {
  const traits = member.getMergedTraits() as Record<string, string | undefined>;
  const plain = traits['xmlName'] ?? name;
  return ec2 ? (traits['ec2QueryName'] ?? plain.charAt(0).toUpperCase() + plain.slice(1)) : plain;
}

function readList(schema: NormalizedSchema, node: Node, ec2: boolean): unknown[] {
  if (typeof node === 'string') return [];
  const item = schema.getValueSchema();
  const traits = schema.getMergedTraits();
  const name = item.getMergedTraits().xmlName ?? 'member';
  const items = ec2 || traits.xmlFlattened ? node : node[name];
  return items === undefined || typeof items === 'string' ? [] : numbered(items).map((one) => read(item, one, ec2));
}

function readMap(schema: NormalizedSchema, node: Node, ec2: boolean): Record<string, unknown> {
  const entries = typeof node === 'string' ? {} : (node['entry'] ?? node);
  if (typeof entries === 'string') return {};
  const keyName = schema.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const item = schema.getValueSchema();
  const valueName = item.getMergedTraits().xmlName ?? 'value';
  return Object.fromEntries(
    numbered(entries).flatMap((one) => {
      if (typeof one === 'string') return [];
      const key = one[keyName];
      return typeof key === 'string' ? [[key, read(item, one[valueName] ?? '', ec2)]] : [];
    }),
  );
}

function numbered(node: Branch): Node[] {
  return Object.keys(node)
    .toSorted((a, b) => Number(a) - Number(b))
    .map((key) => node[key]!);
}

/** Reads a simple value from a form, a header, a label or a query string. */
export function fromText(schema: NormalizedSchema, text: string): unknown {
  if (schema.isBooleanSchema()) return text === 'true';
  if (schema.isNumericSchema()) return Number(text);
  if (schema.isBlobSchema()) return Buffer.from(text, 'base64');
  if (schema.isTimestampSchema()) return new Date(text);
  return text;
}
