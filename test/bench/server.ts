import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { OrganizationSize } from '../emulator/generate.ts';
import type { Stats } from '../emulator/server.ts';

/** The emulator in a process of its own. */
export interface Server {
  readonly endpoint: string;
  stats(): Promise<Stats>;
  megabytes(): Promise<number>;
  setProfile(profile: object): Promise<void>;
  close(): void;
}

export async function serve(size: OrganizationSize, profile: object = {}): Promise<Server> {
  const child = fork(new URL('./serve.ts', import.meta.url), [JSON.stringify(profile), JSON.stringify(size)], {
    execArgv: ['--max-old-space-size=8000'],
  });
  const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
  return {
    endpoint,
    stats: async () => (await asked<{ stats: Stats }>(child, 'stats')).stats,
    megabytes: async () => (await asked<{ megabytes: number }>(child, 'memory')).megabytes,
    setProfile: (behaviour) => asked(child, { profile: behaviour }),
    close: () => child.disconnect(),
  };
}

async function asked<Answer>(child: ChildProcess, message: string | object): Promise<Answer> {
  child.send(message);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}
