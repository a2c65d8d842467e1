import type { NormalizedSchema } from '@smithy/core/schema';
import { fromText } from './form.ts';
import type { OperationModel, ServiceModel } from './model.ts';
import { jsonValue, textOf, xmlContent, xmlElement } from './wire.ts';

type Fields = Record<string, unknown>;

/** What a REST operation is recognised by. `path` is without the bucket where the service is S3. */
export interface RestRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bucket: string | undefined;
}

interface Route {
  readonly model: OperationModel;
  readonly pattern: RegExp;
  readonly labels: readonly string[];
  readonly literals: readonly (readonly [key: string, value: string])[];
  readonly needsBucket: boolean;
}

/** S3 tells these apart from the plain object calls by members that the schema does not mark as required. */
const REQUIRED_QUERY: Record<string, readonly string[]> = {
  UploadPart: ['partNumber', 'uploadId'],
  UploadPartCopy: ['partNumber', 'uploadId', 'x-amz-copy-source'],
  ListParts: ['uploadId'],
  CompleteMultipartUpload: ['uploadId'],
  AbortMultipartUpload: ['uploadId'],
  CopyObject: ['x-amz-copy-source'],
};

const routes = new WeakMap<ServiceModel, Map<string, Route[]>>();

/** The operation that a REST request means, with the labels of its path; undefined when there is none. */
export function route(
  model: ServiceModel,
  request: RestRequest,
): { operation: OperationModel; labels: Fields } | undefined {
  const candidates = routesOf(model).get(request.method) ?? [];
  let best: { route: Route; score: number; match: RegExpExecArray } | undefined;
  for (const candidate of candidates) {
    if (model.service === 's3' && candidate.needsBucket !== (request.bucket !== undefined)) continue;
    const match = candidate.pattern.exec(request.path);
    if (!match || !candidate.literals.every((literal) => holds(request, literal))) continue;
    const score = candidate.literals.length * 100 + candidate.pattern.source.length - 50 * candidate.labels.length;
    if (!best || score > best.score) best = { route: candidate, score, match };
  }
  if (!best) return undefined;
  const { labels, model: operation } = best.route;
  const { match } = best;
  return { operation, labels: Object.fromEntries(labels.map((name, i) => [name, decodeURIComponent(match[i + 1]!)])) };
}

function holds({ query, headers }: RestRequest, [key, value]: readonly [string, string]): boolean {
  if (key === 'x-amz-copy-source') return headers[key] !== undefined;
  return value === '' ? query.has(key) : query.get(key) === value;
}

function routesOf(model: ServiceModel): Map<string, Route[]> {
  const known = routes.get(model);
  if (known) return known;
  const byMethod = new Map<string, Route[]>();
  for (const operation of model.operations.values()) {
    if (!operation.http) continue;
    const [method, uri] = operation.http;
    byMethod.set(method, [...(byMethod.get(method) ?? []), routeOf(operation, uri)]);
  }
  routes.set(model, byMethod);
  return byMethod;
}

function routeOf(model: OperationModel, uri: string): Route {
  const [path = '/', query = ''] = uri.split('?');
  const labels: string[] = [];
  const pattern = path.replaceAll(/\{(\w+)(\+?)\}|[.*?^$()|[\]\\]/g, (found, label?: string, greedy?: string) => {
    if (!label) return `\\${found}`;
    labels.push(label);
    return greedy ? '(.+)' : '([^/]+)';
  });
  const literals = [...new URLSearchParams(query)].filter(([key]) => key !== 'x-id');
  const needed = (REQUIRED_QUERY[model.name] ?? []).map((key) => [key, ''] as const);
  const names = model.input.isStructSchema() ? Object.keys(model.input.getMemberSchemas()) : [];
  return {
    model,
    pattern: new RegExp(`^${pattern}/?$`),
    labels,
    literals: [...literals, ...needed],
    needsBucket: names.includes('Bucket'),
  };
}

/** Gathers the input of a REST operation from path, query, headers and body. */
export function readRest(
  service: ServiceModel,
  operation: OperationModel,
  labels: Fields,
  request: RestRequest,
  body: Buffer,
): Fields {
  const input: Fields = { ...labels };
  if (request.bucket !== undefined) input['Bucket'] = request.bucket;
  if (!operation.input.isStructSchema()) return input;
  let hasBodyMember = false;
  for (const [name, member] of operation.input.structIterator()) {
    const traits = member.getMergedTraits();
    const { httpQuery, httpHeader, httpPayload, httpPrefixHeaders } = traits as Record<string, string | undefined>;
    if (httpPayload) {
      if (body.length > 0) input[name] = member.isStructSchema() ? service.readBody(member, body) : body;
    } else if (httpQuery) {
      const values = request.query.getAll(httpQuery);
      if (values.length > 0) input[name] = readText(member, values);
    } else if (httpHeader) {
      const value = request.headers[httpHeader.toLowerCase()];
      if (value !== undefined) input[name] = readText(member, [value].flat());
    } else if (httpPrefixHeaders) {
      input[name] = prefixed(request.headers, httpPrefixHeaders.toLowerCase());
    } else if (!traits.httpLabel && name !== 'Bucket') {
      hasBodyMember = true;
    }
  }
  return hasBodyMember && body.length > 0
    ? { ...(service.readBody(operation.input, body) as Fields), ...input }
    : input;
}

function readText(schema: NormalizedSchema, values: readonly string[]): unknown {
  if (!schema.isListSchema()) return fromText(schema, values[0]!);
  return values.flatMap((value) => value.split(',')).map((value) => fromText(schema.getValueSchema(), value.trim()));
}

function prefixed(headers: RestRequest['headers'], prefix: string): Record<string, string> {
  const found = Object.entries(headers).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(found.map(([key, value]) => [key.slice(prefix.length), String(value)]));
}

export interface Written {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string | Buffer;
}

/** Writes the output of a REST operation to status, headers and body. */
export function writeRest(service: ServiceModel, operation: OperationModel, output: Fields): Written {
  let status = operation.http?.[2] ?? 200;
  const headers: Record<string, string> = {};
  let payload: readonly [NormalizedSchema, unknown] | undefined;
  let hasBodyMember = false;
  for (const [name, member] of operation.output.isStructSchema() ? operation.output.structIterator() : []) {
    const traits = member.getMergedTraits() as Record<string, string | undefined>;
    const value = output[name];
    if (traits['httpPayload']) payload = [member, value];
    else if (traits['httpHeader']) addHeader(headers, traits['httpHeader'], member, value);
    else if (traits['httpPrefixHeaders']) addPrefixed(headers, traits['httpPrefixHeaders'], value);
    else if (traits['httpResponseCode']) status = (value as number | undefined) ?? status;
    else hasBodyMember = true;
  }
  if (payload) return { status, headers, body: payloadBody(service, ...payload, headers) };
  return { status, headers, body: hasBodyMember ? document(service, operation.output, output, headers) : '' };
}

const HTTP_DATE = 6;

function addHeader(headers: Record<string, string>, name: string, schema: NormalizedSchema, value: unknown): void {
  if (value == null) return;
  headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : textOf(schema, value, HTTP_DATE);
}

function addPrefixed(headers: Record<string, string>, prefix: string, value: unknown): void {
  for (const [key, one] of Object.entries((value ?? {}) as Record<string, string>)) headers[prefix + key] = one;
}

function payloadBody(
  service: ServiceModel,
  schema: NormalizedSchema,
  value: unknown,
  headers: Record<string, string>,
): string | Buffer {
  if (value == null) return '';
  if (schema.isStructSchema()) return document(service, schema, value as Fields, headers);
  return value as string | Buffer;
}

function document(
  service: ServiceModel,
  schema: NormalizedSchema,
  value: Fields,
  headers: Record<string, string>,
): string {
  if (service.protocol === 'rest-json') {
    headers['content-type'] = 'application/json';
    return JSON.stringify(jsonValue(schema, value));
  }
  headers['content-type'] = 'application/xml';
  const tag = schema.getMergedTraits().xmlName ?? schema.getName()!;
  const content = schema.isMemberSchema()
    ? xmlElement(schema, tag, value)
    : `<${tag}>${xmlContent(schema, value)}</${tag}>`;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${content.replace(/^<[^\s>]+/, (start) => `${start} xmlns="${service.namespace}"`)}`;
}
