import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { OrganizationSize } from '../emulator/generate.ts';
import type { Stats } from '../emulator/server.ts';
import type { Profile } from '../emulator/profile.ts';
import type { Traffic } from './traffic.ts';
import type { Name } from './worlds.ts';

/** The emulator in a process of its own. */
export interface Server {
  readonly endpoint: string;
  stats(): Promise<Stats>;
  traffic(): Promise<Traffic>;
  /** Forgets the requests so far, and lets hours pass for credential reports. */
  reset(): void;
  megabytes(): Promise<number>;
  setProfile(profile: object): Promise<void>;
  /** Empties the report bucket. */
  forget(): Promise<void>;
  close(): void;
}

export async function serve(size: OrganizationSize | Name, profile: Profile = {}): Promise<Server> {
  const child = fork(
    new URL('./serve.ts', import.meta.url),
    [JSON.stringify(profile), typeof size === 'string' ? size : JSON.stringify(size)],
    {
      execArgv: ['--max-old-space-size=8000'],
    },
  );
  const [{ endpoint }] = (await once(child, 'message')) as [{ endpoint: string }];
  return {
    endpoint,
    stats: async () => (await asked<{ stats: Stats }>(child, 'stats')).stats,
    traffic: async () => (await asked<{ traffic: Traffic }>(child, 'traffic')).traffic,
    reset: () => void child.send('reset'),
    megabytes: async () => (await asked<{ megabytes: number }>(child, 'memory')).megabytes,
    setProfile: (behaviour) => asked(child, { profile: behaviour }),
    forget: () => asked(child, 'forget'),
    close: () => child.disconnect(),
  };
}

async function asked<Answer>(child: ChildProcess, message: string | object): Promise<Answer> {
  child.send(message);
  const [answer] = (await once(child, 'message')) as [Answer];
  return answer;
}
