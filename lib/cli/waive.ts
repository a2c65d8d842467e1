import { readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { linesOfWaivers, withWaiver } from '../config/append-waiver.ts';
import { parseWaivers, type WaiverRules } from '../config/waivers.ts';
import { UserError } from '../core/errors.ts';
import type { StoredFinding } from '../run/model.ts';
import { findingIn } from '../run/found.ts';
import { coveringIndex, waiverFor } from '../run/waive.ts';
import { openStore } from '../store/open.ts';
import { brief, jsonText, plural, visible } from '../report/text.ts';
import type { Product } from './program.ts';
import { runIn } from '../run/runs.ts';
import { configOf, DEFAULT_WAIVERS, placeOf, waiverRulesOf } from './scope.ts';

interface WaiveOptions {
  readonly in?: string;
  readonly run?: string;
  readonly config?: string;
  readonly file?: string;
  readonly reason: string;
  readonly owner: string;
  readonly expires: string;
  readonly ticket?: string;
  readonly anyState?: boolean;
  readonly json?: boolean;
}

/** Accepts one finding: adds an entry to the waivers, and prints it. */
export async function waiveCommand(id: string, options: WaiveOptions, product: Product): Promise<void> {
  const now = new Date();
  const config = await configOf(options.config, product.checks);
  const rules = waiverRulesOf(config, product.checks, now);
  const expires = lastDay(options.expires, rules);
  const store = await openStore(placeOf(options.in, config));
  const { finding, others } = await findingIn(store, await runIn(store, options.run), id);
  const { waiver, notes } = waiverFor(finding, others, {
    owner: said('--owner', options.owner),
    reason: said('--reason', options.reason),
    ...(options.ticket !== undefined && { ticket: said('--ticket', options.ticket) }),
    expires,
    isAnyState: options.anyState === true,
  });
  const file = options.file ?? config.waivers?.file ?? DEFAULT_WAIVERS;
  const text = await textOf(file);
  refuseCovered(file, text, finding, rules);
  const appended = withWaiver(file, text, waiver, rules);
  await replaceFile(file, appended.text);
  if (options.json) return void process.stdout.write(`${jsonText({ file, line: appended.line, waiver, notes }, 2)}\n`);
  const entry = appended.entry
    .trimEnd()
    .split('\n')
    .map((line) => brief(line, 400))
    .join('\n');
  process.stdout.write(
    `${visible(file)}:${appended.line}\n${entry}\n${notes.map((note) => `${visible(note)}\n`).join('')}It holds from the next audit on.\n`,
  );
}

const DAY_MS = 86_400_000;

/** YYYY-MM-DD from a day or a number of days such as 90d. */
function lastDay(expires: string, { now, maxDays }: WaiverRules): string {
  const dayAfter = (days: number) => new Date(now.getTime() + days * DAY_MS).toISOString().slice(0, 10);
  const days = /^(\d{1,5})d$/.exec(expires)?.[1];
  const day = days === undefined ? expires : dayAfter(Number(days));
  if (!isDay(day))
    throw new UserError(`--expires ${expires}: write a day such as 2027-01-31, or days from today such as 90d`);
  if (day < dayAfter(0)) throw new UserError(`--expires ${expires}: ${day} is over already; today is ${dayAfter(0)}`);
  if (day > dayAfter(maxDays))
    throw new UserError(
      `--expires ${expires} is more than ${plural(maxDays, 'day')} away: ${dayAfter(maxDays)} is the latest day (waivers.maxDays of the configuration)`,
    );
  return day;
}

function isDay(text: string): boolean {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(Number.NaN);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

function said(option: string, text: string): string {
  const trimmed = text.trim();
  if (trimmed === '') throw new UserError(`${option} must not be empty`);
  return trimmed;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return '';
    throw new UserError(`cannot read the waivers ${file}: ${code ?? message}`);
  }
}

function refuseCovered(file: string, text: string, finding: StoredFinding, rules: WaiverRules): void {
  const waivers = text.trim() === '' ? [] : parseWaivers(file, text, rules);
  const index = coveringIndex(waivers, finding, rules.now);
  if (index === -1) return;
  const { owner, expires } = waivers[index]!;
  throw new UserError(
    `${file}:${linesOfWaivers(text)[index]} covers finding ${finding.id} already, until ${expires} (${owner}); to go on longer, change its expires`,
  );
}

/** The whole new file or the old one, never half of one; what a link points to stays where it is, with its permissions. */
async function replaceFile(file: string, text: string): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const mode = (await stat(target).catch(() => undefined))?.mode;
    const draft = `${target}.${process.pid}.part`;
    await writeFile(draft, text, mode === undefined ? {} : { mode });
    await rename(draft, target);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`cannot write the waivers ${file}: ${code ?? message}`);
  }
}
