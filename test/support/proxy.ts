import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** One request as it is signed: of which service and region, and with which body. */
interface Signed {
  readonly service: string;
  readonly region: string;
  /** Of the account whose number the key carries, or of the default one. */
  readonly accessKeyId: string;
  readonly body: string;
  readonly isJson: boolean;
}
/** An AWS error in place of the answer. */
interface Refusal {
  readonly code: string;
  readonly message: string;
}
export interface Proxy {
  readonly endpoint: string;
  /** What was asked, in order. */
  readonly asked: readonly Signed[];
  /** Decides about each request; undefined lets it through. */
  refuse: (signed: Signed) => Refusal | undefined;
  close(): Promise<void>;
}

/** Stands before an emulator that enforces no policy, and refuses what a test wants refused, as AWS would. */
export async function startProxy(target: string): Promise<Proxy> {
  const asked: Signed[] = [];
  const proxy = { refuse: (() => undefined) as Proxy['refuse'] };
  const server = createServer((incoming, outgoing) => {
    void answer(incoming, outgoing);
  });
  async function answer(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await bodyOf(incoming);
    const signed = signedOf(incoming, body.toString('latin1'));
    asked.push(signed);
    const refusal = proxy.refuse(signed);
    if (refusal) {
      const { type, text } = errorOf(refusal, signed);
      outgoing.writeHead(403, { 'content-type': type, 'x-amzn-errortype': refusal.code }).end(text);
      return;
    }
    const { method, url, headers } = incoming;
    const passed = forward(new URL(url!, target), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  }
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    get refuse() {
      return proxy.refuse;
    },
    set refuse(decide) {
      proxy.refuse = decide;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(incoming as AsyncIterable<Buffer>));
}

function signedOf({ headers }: IncomingMessage, body: string): Signed {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\//.exec(headers.authorization ?? '');
  const [, accessKeyId = '', region = '', service = ''] = scope ?? [];
  const isJson = (headers['content-type'] ?? '').includes('json');
  return { service, region, accessKeyId, body, isJson };
}

function errorOf({ code, message }: Refusal, { isJson, service }: Signed): { type: string; text: string } {
  if (isJson) return { type: 'application/json', text: JSON.stringify({ __type: code, message }) };
  const error = `<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  const text =
    service === 'ec2'
      ? `<Response><Errors>${error}</Errors><RequestID>r</RequestID></Response>`
      : service === 's3'
        ? error
        : `<ErrorResponse>${error}<RequestId>r</RequestId></ErrorResponse>`;
  return { type: 'text/xml', text };
}
