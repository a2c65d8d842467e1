import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import pMap from 'p-map';

const run = promisify(execFile);

type Variables = Readonly<Record<string, string>>;

export interface Moto {
  readonly endpoint: string;
  /** Runs paragraphs of AWS CLI commands against it, those of one side by side; answers with the variables that they named. */
  script(paragraphs: string, variables: Variables): Promise<Variables>;
  close(): Promise<void>;
}

/** A region into which moto puts no thousand images and snapshots of its own. */
export const QUIET_REGION = 'mx-central-1';

/** Starts moto_server, an AWS that we did not write, on a free port. */
export async function startMoto(): Promise<Moto> {
  const server = spawn('moto_server', ['-H', '127.0.0.1', '-p', '0'], { stdio: ['ignore', 'ignore', 'pipe'] });
  const endpoint = await listening(server);
  const env = {
    ...process.env,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_DEFAULT_REGION: QUIET_REGION,
    AWS_REGION: QUIET_REGION,
    AWS_MAX_ATTEMPTS: '1',
  };
  return {
    endpoint,
    async script(paragraphs, variables) {
      let known = variables;
      for (const paragraph of paragraphs.trim().split('\n\n')) {
        const named = await pMap(paragraph.split('\n'), (line) => printed(line, { ...env, ...known }), {
          concurrency: 3,
        });
        known = Object.assign({}, known, ...named);
      }
      return known;
    },
    async close() {
      server.kill();
      await once(server, 'exit');
    },
  };
}

/** What a command prints, by the name before its `=`; with `*` for a name, each line of it is a name and a value. */
async function printed(line: string, env: NodeJS.ProcessEnv): Promise<Variables> {
  const [, name, command] = /^(?:(\*|\w+) = )?(.*)$/.exec(line)!;
  const { stdout } = await run('sh', ['-uc', `aws ${command} --output text`], { env });
  if (name !== '*') return name ? { [name]: stdout.trim() } : {};
  return Object.fromEntries(
    stdout
      .trim()
      .split('\n')
      .map((row) => row.split('\t')),
  );
}

function listening(server: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`moto_server ended with ${code}`)));
    // It goes on reading: a full pipe would stop the server.
    createInterface(server.stderr!).on('line', (line) => {
      const at = /Running on (http:\S+)/.exec(line)?.[1];
      if (at) resolve(at);
    });
  });
}
