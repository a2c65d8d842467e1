import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { readWorld, type WorldFile } from './world.ts';

/** A step on the way to what changes: a key, or for an item of a list some of its members. */
type Step = string | Readonly<Record<string, unknown>>;
/** What happened to a part of the description: it got another value, went away, or a list got another item. */
type Change = { readonly at: readonly Step[] } & (
  { readonly to: unknown } | { readonly remove: true } | { readonly add: unknown }
);

/** A description, and what happened in it since. */
export function changedWorld(world: string, changesFile: string): WorldFile {
  const file = structuredClone(readWorld(world));
  const { changes } = JSON.parse(readFileSync(changesFile, 'utf8')) as { changes: readonly Change[] };
  for (const change of changes) apply(change, file);
  return file;
}

function apply(change: Change, file: WorldFile): void {
  const path = change.at.slice(0, -1).reduce<unknown>((part, step) => inside(part, step, change), file);
  const key = keyOf(path, change.at.at(-1)!, change);
  const parent = path as Record<string | number, unknown>;
  if ('add' in change) (parent[key] as unknown[]).push(change.add);
  else if ('to' in change) parent[key] = change.to;
  else if (Array.isArray(parent)) parent.splice(key as number, 1);
  else delete parent[key];
}

function inside(part: unknown, step: Step, change: Change): unknown {
  const next = (part as Record<string | number, unknown>)[keyOf(part, step, change)];
  if (next === undefined) throw new Error(`${JSON.stringify(change.at)}: there is nothing at ${JSON.stringify(step)}`);
  return next;
}

function keyOf(part: unknown, step: Step, { at }: Change): string | number {
  if (typeof step === 'string') return step;
  const index = (part as Record<string, unknown>[]).findIndex((item) =>
    Object.entries(step).every(([name, value]) => isDeepStrictEqual(item[name], value)),
  );
  if (index === -1) throw new Error(`${JSON.stringify(at)}: no item has ${JSON.stringify(step)}`);
  return index;
}
