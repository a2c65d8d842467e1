import { checks as registered } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import { audit, type LiveAudit } from '../../lib/run/audit.ts';
import type { Report } from '../../lib/run/model.ts';
import { memoryStore } from '../../lib/store/memory.ts';
import type { Emulator } from '../emulator/server.ts';

export const checks: readonly AnyCheck[] = registered;
/** The moment of every end-to-end run, for the emulator and the audit alike. */
export const NOW = new Date('2026-06-01T02:00:00Z');

/** Points every SDK client of this process at the emulator, as a user would: by the environment. */
export function useEmulator({ endpoint }: Pick<Emulator, 'endpoint'>): void {
  process.env['AWS_ENDPOINT_URL'] = endpoint;
  process.env['AWS_REGION'] = 'eu-west-1';
}

/** Audits what the environment points at, with the product's own checks and collectors, into memory. */
export function audited(options: Partial<LiveAudit> = {}): Promise<Report> {
  return audit({
    store: memoryStore(),
    run: { date: '2026-06-01', run: 'r1' },
    tool: 'ronda test',
    checks,
    resources,
    credentials: async () => ({ accessKeyId: 'emulated', secretAccessKey: 'emulated' }),
    region: 'eu-west-1',
    regions: [],
    filters: {},
    now: () => NOW,
    keepsInventory: false,
    ...options,
  });
}
