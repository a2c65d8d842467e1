import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Moto {
  readonly endpoint: string;
  /** Runs the AWS CLI against it; answers with what it printed. */
  aws(...options: string[]): Promise<any>;
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
  };
  return {
    endpoint,
    async aws(...options) {
      const { stdout } = await run('aws', [...options, '--output', 'json'], { env });
      return stdout ? (JSON.parse(stdout) as unknown) : undefined;
    },
    async close() {
      server.kill();
      await once(server, 'exit');
    },
  };
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
