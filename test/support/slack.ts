import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

type Body = Readonly<Record<string, any>>;

/** What Slack's reference forbids in a message with blocks. */
export function slackProblems({ text, blocks }: Body): string[] {
  if (typeof text !== 'string' || text === '') return ['no_text'];
  if (!Array.isArray(blocks) || blocks.length > 50) return ['invalid_blocks: 50 blocks'];
  const all = blocks.flatMap((block: Body) =>
    [block['text'], ...(block['elements'] ?? []), ...(block['fields'] ?? [])].filter(Boolean),
  ) as Body[];
  const total = all.reduce((sum, { text: own }) => sum + own.length, 0);
  return [
    ...(total > 12_000 ? [`msg_blocks_too_long: ${total}`] : []),
    ...blocks.flatMap(blockProblems),
    ...[...all.map(({ text: own }) => own), text].flatMap(mrkdwnProblems),
  ];
}

function blockProblems({ type, text, elements }: Body): string[] {
  const long = (max: number) =>
    text.text.length < 1 || text.text.length > max ? [`invalid_blocks: ${type} of ${text.text.length}`] : [];
  if (type === 'header') return [...long(150), ...(text.type === 'plain_text' ? [] : ['invalid_blocks: header'])];
  if (type === 'section')
    return [...long(3000), ...(text.type === 'mrkdwn' && !text.verbatim ? ['links are made of plain words'] : [])];
  if (type === 'context') return elements.length > 10 ? ['invalid_blocks: context'] : [];
  return [`invalid_blocks: ${type}`];
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

/** A webhook on loopback that judges messages as Slack does, and answers with the statuses that it is given first. */
export async function slackServer(): Promise<{
  readonly url: string;
  readonly taken: Body[];
  /** Answers to give before judging a message. */
  readonly answers: { status: number; headers?: Record<string, string>; body?: string }[];
  close(): Promise<void>;
}> {
  const taken: Body[] = [];
  const answers: { status: number; headers?: Record<string, string>; body?: string }[] = [];
  const server: Server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const forced = answers.shift();
    if (forced) return void response.writeHead(forced.status, forced.headers).end(forced.body);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Body;
    const [problem] = slackProblems(body);
    if (problem) return void response.writeHead(400).end(problem.split(':')[0]);
    taken.push(body);
    response.writeHead(200).end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/services/T000/B000/secretsecret`,
    taken,
    answers,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
