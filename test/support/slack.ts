import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Body = Readonly<Record<string, any>>;

/** What Slack's reference forbids in a message with blocks. */
export function slackProblems({ text, blocks }: Body): string[] {
  if (typeof text !== 'string' || text === '') return ['no_text'];
  // Longer texts are cut in clients, without a word.
  if (text.length > 4_000) return [`msg_too_long: ${text.length}`];
  if (!Array.isArray(blocks) || blocks.length === 0 || blocks.length > 50) return ['invalid_blocks: 50 blocks'];
  const all = blocks.flatMap((block: Body) =>
    [block['text'], ...(block['elements'] ?? []), ...(block['fields'] ?? [])].filter(Boolean),
  ) as Body[];
  // Undocumented, and counted in several ways: as JSON it is counted most.
  const total = JSON.stringify(blocks).length;
  return [
    ...(total > 12_000 ? [`msg_blocks_too_long: ${total}`] : []),
    ...blocks.flatMap(blockProblems),
    ...[...all.map(({ text: own }) => own), text].flatMap(mrkdwnProblems),
  ];
}

function blockProblems({ type, text, elements, fields }: Body): string[] {
  const long = (part: Body, max: number) =>
    part['text'].trim().length < 1 || part['text'].length > max
      ? [`invalid_blocks: ${type} of ${part['text'].length}`]
      : [];
  const isLinked = (part: Body) => part['type'] === 'mrkdwn' && !part['verbatim'];
  const linked = [text, ...(fields ?? []), ...(elements ?? [])].some((part) => part && isLinked(part));
  if (linked) return ['links are made of plain words'];
  if (type === 'header') return [...long(text, 150), ...(text.type === 'plain_text' ? [] : ['invalid_blocks: header'])];
  if (type === 'context') return elements.length > 10 ? ['invalid_blocks: context'] : [];
  if (type !== 'section' || !(text || fields)) return [`invalid_blocks: ${type}`];
  if (fields && (fields.length < 1 || fields.length > 10)) return ['invalid_blocks: fields'];
  return [...(text ? long(text, 3000) : []), ...(fields ?? []).flatMap((field: Body) => long(field, 2000))];
}

/** Slack acts on what stands between < and >: only our own link to the report may. */
function mrkdwnProblems(text: string): string[] {
  const commands = [...text.matchAll(/<[^>]*>?|>/g)].map(([command]) => command);
  return [
    ...commands
      .filter((command) => !/^<https:\/\/[^|<>]+\|Open the report>$/.test(command))
      .map((command) => `acts: ${command}`),
    ...(/&(?!amp;|lt;|gt;|\w*\.\.\.)/.test(text) ? ['an & that is not escaped'] : []),
  ];
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}
export const TOKEN = 'xoxb-secretsecret';

/**
 * A Slack on loopback: an incoming webhook and chat.postMessage. It judges messages by Slack's documented limits, takes one a second
 * in a channel by a clock that the test moves, and gives the answers that it is told to give first.
 */
export async function slackServer(): Promise<{
  readonly url: string;
  /** The Web API's address. */
  readonly api: string;
  readonly taken: Body[];
  /** Answers to give before judging a message. */
  readonly answers: Answer[];
  /** Lets time pass. */
  pass(ms: number): void;
  close(): Promise<void>;
}> {
  const taken: Body[] = [];
  const answers: Answer[] = [];
  let now = 0;
  let free = 0;
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const isApi = request.url === '/api/chat.postMessage';
    const say = ({ status, headers, body }: Answer) => void response.writeHead(status, headers).end(body);
    const forced = answers.shift();
    if (forced) return say(forced);
    if (!/^application\/json\b/.test(request.headers['content-type'] ?? '')) return say({ status: 415 });
    const refused = (word: string) =>
      isApi ? { status: 200, body: JSON.stringify({ ok: false, error: word }) } : { status: 400, body: word };
    if (now < free) {
      const headers = { 'retry-after': String(Math.ceil((free - now) / 1_000)) };
      return say({ status: 429, headers, body: isApi ? '{"ok":false,"error":"ratelimited"}' : 'rate_limited' });
    }
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
    const problem =
      slackProblems(body)[0] ?? (isApi ? apiProblem(body, request.headers.authorization, taken) : undefined);
    if (problem) return say(refused(problem.split(':')[0]!));
    const ts = `1700000000.${String(taken.length).padStart(6, '0')}`;
    taken.push({ ...body, ts });
    free = now + 1_000;
    say({ status: 200, body: isApi ? JSON.stringify({ ok: true, channel: 'C1', ts }) : 'ok' });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/services/T000/B000/secretsecret`,
    api: `http://127.0.0.1:${port}/api`,
    taken,
    answers,
    pass: (ms) => void (now += ms),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function apiProblem(
  { channel, thread_ts: thread }: Body,
  authorization: string | undefined,
  taken: readonly Body[],
): string | undefined {
  if (!authorization) return 'not_authed';
  if (authorization !== `Bearer ${TOKEN}`) return 'invalid_auth';
  if (channel !== 'C0123456789') return 'channel_not_found';
  const isKnown = thread === undefined || taken.some(({ ts, thread_ts }) => ts === thread && thread_ts === undefined);
  return isKnown ? undefined : 'thread_not_found';
}
