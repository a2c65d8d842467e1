import { type AwsError } from './errors.ts';
import { readForm } from './form.ts';
import { MODEL, type OperationModel, type ServiceModel } from './model.ts';
import { readRest, route, writeRest, type RestRequest, type Written } from './rest.ts';
import { escapeXml, jsonValue, xmlContent } from './wire.ts';

type Fields = Record<string, unknown>;

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A request understood as far as is needed to route it; `input` reads the rest when it is needed. */
export interface Call {
  readonly model: ServiceModel;
  readonly service: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly operation: string;
  readonly operationModel: OperationModel | undefined;
  readonly input: () => Fields;
}

const CREDENTIAL = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//;
/** IAM is in one place; clients with an endpoint of their own sign for their Region nevertheless. */
const IAM_REGION = 'us-east-1';
const S3_CONTROL_PATH = '/v20180820/';
const BALANCERS_V2 = /(?:^|&)Version=2015-12-01(?:&|$)/;

/** Understands a request from its SigV4 credential scope and protocol; undefined when it names no known service. */
export function understand(request: HttpRequest): Call | undefined {
  const scope = CREDENTIAL.exec(String(request.headers['authorization'] ?? decodeURIComponent(request.url)));
  const anonymous = !scope && !request.headers['x-amz-target'] && request.method !== 'POST';
  const signed = scope?.[3] ?? (anonymous ? 's3' : '');
  const service = serviceOf(signed, request);
  const model = MODEL.get(service);
  if (!model) return undefined;
  const region = service === 'iam' ? IAM_REGION : (scope?.[2] ?? 'us-east-1');
  const base = { model, service, region, accessKeyId: scope?.[1] ?? '' };
  if (model.protocol === 'rest-xml' || model.protocol === 'rest-json') return { ...base, ...restCall(model, request) };
  const form = model.protocol === 'json' ? '' : formOf(request);
  const operation =
    model.protocol === 'json'
      ? String(request.headers['x-amz-target'] ?? '').replace(/^.*\./, '')
      : (/(?:^|&)Action=(\w+)/.exec(form)?.[1] ?? '');
  const operationModel = model.operations.get(operation);
  const input = (): Fields => {
    if (!operationModel || operationModel.input.isUnitSchema()) return {};
    if (model.protocol !== 'json') return readForm(operationModel.input, form, model.protocol === 'ec2');
    return request.body.length === 0 ? {} : (JSON.parse(request.body.toString()) as Fields);
  };
  return { ...base, operation, operationModel, input };
}

/** Two pairs of services share the name in the credential scope. */
function serviceOf(signed: string, request: HttpRequest): string {
  if (signed === 's3' && request.url.startsWith(S3_CONTROL_PATH)) return 's3control';
  const isSecondApi = signed === 'elasticloadbalancing' && BALANCERS_V2.test(formOf(request));
  return isSecondApi ? 'elasticloadbalancingv2' : signed;
}

function formOf({ url, body }: HttpRequest): string {
  return body.length > 0 ? body.toString() : url.slice(url.indexOf('?') + 1);
}

function restCall(model: ServiceModel, request: HttpRequest): Pick<Call, 'operation' | 'operationModel' | 'input'> {
  const [rawPath = '/', rawQuery = ''] = request.url.split(/\?(.*)/s);
  const at = model.service === 's3' ? bucketAndKey(rawPath, String(request.headers['host'] ?? '')) : { path: rawPath };
  const rest: RestRequest = {
    method: request.method,
    path: at.path,
    query: new URLSearchParams(rawQuery),
    headers: request.headers,
    bucket: at.bucket,
  };
  const found = route(model, rest);
  return {
    operation: found?.operation.name ?? `${request.method} ${rawPath}`,
    operationModel: found?.operation,
    input: () => (found ? readRest(model, found.operation, found.labels, rest, request.body) : {}),
  };
}

/** Path style (`/bucket/key`) or virtual-hosted style (`bucket.localhost`). */
function bucketAndKey(path: string, host: string): { path: string; bucket?: string } {
  const hosted = /^(.+)\.localhost(:\d+)?$/.exec(host)?.[1];
  if (hosted) return { path, bucket: hosted };
  const [, bucket, key] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? [];
  return bucket ? { path: `/${key}`, bucket: decodeURIComponent(bucket) } : { path: '/' };
}

const REQUEST_ID = '00000000-0000-4000-8000-000000000000';
const XML = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** Writes an operation's output as the service's protocol wants it. */
export function writeOutput(model: ServiceModel, operation: OperationModel, output: Fields): Written {
  if (model.protocol === 'rest-xml' || model.protocol === 'rest-json') return writeRest(model, operation, output);
  if (model.protocol === 'json') {
    const body = operation.output.isUnitSchema() ? '' : JSON.stringify(jsonValue(operation.output, output));
    return { status: 200, headers: { 'content-type': 'application/x-amz-json-1.1' }, body };
  }
  const { name } = operation;
  const content = xmlContent(operation.output, output);
  const inner =
    model.protocol === 'ec2'
      ? `<requestId>${REQUEST_ID}</requestId>${content}`
      : `<${name}Result>${content}</${name}Result><ResponseMetadata><RequestId>${REQUEST_ID}</RequestId></ResponseMetadata>`;
  const body = `${XML}<${name}Response xmlns="${model.namespace}">${inner}</${name}Response>`;
  return { status: 200, headers: { 'content-type': 'text/xml;charset=UTF-8' }, body };
}

/** Writes an error as the service's protocol wants it. */
export function writeError(model: ServiceModel, method: string, error: AwsError): Written {
  const { status, code, message } = error;
  if (method === 'HEAD') return { status, headers: error.headers, body: '' };
  if (model.protocol === 'json' || model.protocol === 'rest-json') {
    const headers = { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-errortype': code, ...error.headers };
    return { status, headers, body: JSON.stringify({ __type: code, message }) };
  }
  const headers = { 'content-type': 'text/xml;charset=UTF-8', ...error.headers };
  return {
    status,
    headers,
    body: XML + errorXml(model, error, `<Code>${code}</Code><Message>${escapeXml(message)}</Message>`),
  };
}

function errorXml({ service, protocol, namespace }: ServiceModel, error: AwsError, core: string): string {
  if (protocol === 'ec2')
    return `<Response><Errors><Error>${core}</Error></Errors><RequestID>${REQUEST_ID}</RequestID></Response>`;
  const detail = Object.entries(error.detail).map(([key, value]) => `<${key}>${escapeXml(value)}</${key}>`);
  const request = `<RequestId>${REQUEST_ID}</RequestId>`;
  if (service === 's3') return `<Error>${core}${detail.join('')}${request}<HostId>emulator</HostId></Error>`;
  if (protocol === 'rest-xml')
    return `<ErrorResponse><Error>${core}${detail.join('')}</Error>${request}</ErrorResponse>`;
  const type = error.status < 500 ? 'Sender' : 'Receiver';
  return `<ErrorResponse xmlns="${namespace}"><Error><Type>${type}</Type>${core}</Error>${request}</ErrorResponse>`;
}
