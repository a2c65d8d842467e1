import type { NormalizedSchema } from '@smithy/core/schema';

type Write = (value: never) => string;
type Fields = Record<string, unknown>;

const UNBODIED = ['httpHeader', 'httpPrefixHeaders', 'httpResponseCode', 'httpPayload'] as const;
const contents = new WeakMap<object, (value: Fields) => string>();

/** Writes the members of a structure as XML elements, without an element around them. Writers are compiled once. */
export function xmlContent(schema: NormalizedSchema, value: Fields): string {
  return contentWriter(schema)(value);
}

/** Writes one element named `tag`. */
export function xmlElement(schema: NormalizedSchema, tag: string, value: unknown): string {
  return element(schema, tag)(value as never);
}

export function escapeXml(text: string): string {
  return /[&<>\r]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#xD;')
    : text;
}

function contentWriter(schema: NormalizedSchema): (value: Fields) => string {
  if (schema.isUnitSchema()) return () => '';
  const key = schema.getSchema() as unknown as object;
  let writer = contents.get(key);
  if (!writer) contents.set(key, (writer = compile(schema)));
  return writer;
}

function compile(schema: NormalizedSchema): (value: Fields) => string {
  const members: (readonly [string, (value: never) => string])[] = [];
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits() as Fields;
    if (traits['xmlAttribute'] || UNBODIED.some((trait) => traits[trait])) continue;
    members.push([name, element(member, (traits['xmlName'] as string | undefined) ?? name)]);
  }
  return (value) => {
    let text = '';
    for (const [name, write] of members) if (value[name] != null) text += write(value[name] as never);
    return text;
  };
}

function element(schema: NormalizedSchema, tag: string): Write {
  if (schema.isListSchema()) return list(schema, tag);
  if (schema.isMapSchema()) return map(schema, tag);
  if (schema.isStructSchema()) return struct(schema, tag);
  return (value) => `<${tag}>${escapeXml(textOf(schema, value))}</${tag}>`;
}

function list(schema: NormalizedSchema, tag: string): Write {
  const item = schema.getValueSchema();
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  const write = element(item, flat ? tag : (item.getMergedTraits().xmlName ?? 'member'));
  return (value: readonly never[]) => {
    const items = value.map(write).join('');
    return flat ? items : `<${tag}>${items}</${tag}>`;
  };
}

function map(schema: NormalizedSchema, tag: string): Write {
  const flat = Boolean(schema.getMergedTraits().xmlFlattened);
  const key = element(schema.getKeySchema(), schema.getKeySchema().getMergedTraits().xmlName ?? 'key');
  const item = schema.getValueSchema();
  const write = element(item, item.getMergedTraits().xmlName ?? 'value');
  const entry = flat ? tag : 'entry';
  return (value: Record<string, never>) => {
    const entries = Object.entries(value).map(([k, v]) => `<${entry}>${key(k as never)}${write(v)}</${entry}>`);
    return flat ? entries.join('') : `<${tag}>${entries.join('')}</${tag}>`;
  };
}

function struct(schema: NormalizedSchema, tag: string): Write {
  const [prefix, uri] = (schema.getMergedTraits().xmlNamespace as readonly string[] | undefined) ?? [];
  const namespace = prefix ? ` xmlns:${prefix}="${uri}"` : '';
  const attributes: (readonly [string, string])[] = [];
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits();
    if (traits.xmlAttribute) attributes.push([name, traits.xmlName ?? name]);
  }
  let content: ((value: Fields) => string) | undefined;
  return (value: Fields) => {
    content ??= contentWriter(schema);
    const written = attributes
      .filter(([name]) => value[name] != null)
      .map(([name, attribute]) => ` ${attribute}="${escapeXml(String(value[name])).replaceAll('"', '&quot;')}"`);
    return `<${tag}${namespace}${written.join('')}>${content(value)}</${tag}>`;
  };
}

/** Schema numbers of timestamps: 4 the protocol's default, 5 date-time, 6 http-date, 7 epoch seconds. */
const HTTP_DATE = 6;
const EPOCH_SECONDS = 7;

/** The text of a simple value: in an element, a header or a query string. */
export function textOf(schema: NormalizedSchema, value: unknown, defaultTimestamp = 5): string {
  if (schema.isTimestampSchema()) {
    const given = schema.getSchema() as unknown as number;
    const format = given === 4 ? defaultTimestamp : given;
    const date = new Date(value as string | Date);
    if (format === HTTP_DATE) return date.toUTCString();
    return format === EPOCH_SECONDS ? String(date.getTime() / 1000) : date.toISOString();
  }
  if (schema.isBlobSchema()) return Buffer.from(value as Uint8Array).toString('base64');
  return String(value);
}

/** The same value as JSON has it: timestamps in epoch seconds unless the schema says otherwise, blobs in base64. */
export function jsonValue(schema: NormalizedSchema, value: unknown): unknown {
  if (value == null) return value;
  if (schema.isListSchema()) {
    const item = schema.getValueSchema();
    return (value as unknown[]).map((one) => jsonValue(item, one));
  }
  if (schema.isMapSchema()) {
    const item = schema.getValueSchema();
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, jsonValue(item, v)]));
  }
  if (schema.isStructSchema()) return jsonStruct(schema, value as Fields);
  if (schema.isTimestampSchema()) {
    const text = textOf(schema, value, EPOCH_SECONDS);
    return Number.isNaN(Number(text)) ? text : Number(text);
  }
  return schema.isBlobSchema() ? textOf(schema, value) : value;
}

function jsonStruct(schema: NormalizedSchema, value: Fields): Fields {
  const result: Fields = {};
  for (const [name, member] of schema.structIterator()) {
    const traits = member.getMergedTraits() as Fields;
    if (value[name] == null || UNBODIED.some((trait) => traits[trait])) continue;
    result[(traits['jsonName'] as string | undefined) ?? name] = jsonValue(member, value[name]);
  }
  return result;
}
