import { vi } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { main } from '../../lib/cli/program.ts';
import { checks } from './audited.ts';

/** Runs a command line with the product's own checks; gathers what it wrote and its exit code. */
export async function ronda(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const gather = (to: 'out' | 'err') => (text: string | Uint8Array) => {
    written[to] += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(gather('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(gather('err')),
  ];
  try {
    const code = await main(args, { version: '9.9.9', checks, resources: async () => resources });
    return { code, ...written };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
