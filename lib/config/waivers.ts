import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { UserError } from '../core/errors.ts';
import type { Mistake } from '../core/settings.ts';
import type { Waiver } from '../core/waivers.ts';
import { parseYaml } from './file.ts';
import { account } from './schema.ts';

const words = z.string().trim().min(1, 'must not be empty');
const patterns = z.array(words).min(1, 'must name at least one, or be left out');

const waiverSchema = z.strictObject({
  check: words.describe('The id of a check; * stands for any text'),
  resource: words.describe('A pattern of whole ARNs or ids'),
  accounts: z.array(account).min(1).optional(),
  regions: patterns.optional(),
  tags: z.record(z.string(), z.string()).optional(),
  owner: words.describe('Who answers for the risk'),
  reason: words.describe('Why it is accepted'),
  ticket: words.optional(),
  expires: z.iso.date('must be a day such as 2027-01-31').describe('The last day on which it holds'),
  state: z
    .string()
    .regex(/^[0-9a-f]{12}$/, 'must be the 12 digits that ronda waive writes')
    .optional()
    .describe('What was accepted: the waiver ends when the finding says something else'),
});
const fileSchema = z.strictObject({ waivers: z.array(waiverSchema).default([]) });

export interface WaiverRules {
  /** Longest time from today to the expiry, in days. */
  readonly maxDays: number;
  readonly now: Date;
  readonly checkIds: readonly string[];
}

/** Reads waivers.yml. Throws a UserError that names file, line and key of every mistake: no run goes on with half of the waivers. */
export async function readWaivers(path: string, rules: WaiverRules): Promise<readonly Waiver[]> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the waivers ${path}: ${error.code ?? error.message}`);
  });
  return parseWaivers(path, text, rules);
}

export function parseWaivers(path: string, text: string, rules: WaiverRules): readonly Waiver[] {
  return parseYaml(path, text, fileSchema, ['waivers'], ({ waivers }) =>
    waivers.flatMap((waiver, index) => mistakesIn(waiver, ['waivers', index], rules)),
  ).waivers;
}

const DAY_MS = 86_400_000;

function mistakesIn(waiver: Waiver, path: readonly (string | number)[], rules: WaiverRules): Mistake[] {
  const { maxDays, now, checkIds } = rules;
  const latest = new Date(now.getTime() + maxDays * DAY_MS).toISOString().slice(0, 10);
  const isKnown = waiver.check.includes('*') || waiver.check.includes('?') || checkIds.includes(waiver.check);
  return [
    ...(isKnown ? [] : [{ path: [...path, 'check'], message: `no check is called ${JSON.stringify(waiver.check)}` }]),
    ...(waiver.expires > latest
      ? [{ path: [...path, 'expires'], message: `is more than ${maxDays} days away: ${latest} is the latest day` }]
      : []),
    ...(/^\**$/.test(waiver.check) && /^\**$/.test(waiver.resource)
      ? [{ path: [...path, 'resource'], message: 'would accept everything: name a check or resources' }]
      : []),
  ];
}
