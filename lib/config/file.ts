import { readFile } from 'node:fs/promises';
import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { UserError } from '../core/errors.ts';
import type * as z from 'zod';
import type { Mistake } from '../core/settings.ts';
import { type Config, configSchema } from './schema.ts';

/**
 * Reads ronda.yml. Throws a UserError that names file, line and key of every mistake;
 * `further` finds those that the schema cannot know, such as ids of checks that do not exist.
 */
export async function readConfig(path: string, further: (config: Config) => readonly Mistake[]): Promise<Config> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`cannot read the configuration ${path}: ${error.code ?? error.message}`);
  });
  return parseConfig(path, text, further);
}

export function parseConfig(path: string, text: string, further: (config: Config) => readonly Mistake[]): Config {
  return parseYaml(path, text, configSchema, Object.keys(configSchema.shape), further);
}

/** Reads YAML text that a schema describes. Throws a UserError that names file, line and key of every mistake. */
export function parseYaml<S extends z.ZodType>(
  path: string,
  text: string,
  schema: S,
  topKeys: readonly string[],
  further: (value: z.output<S>) => readonly Mistake[],
): z.output<S> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const wrong = document.errors[0];
  if (wrong)
    throw new UserError(
      `${path}:${lines.linePos(wrong.pos[0]).line}: this is not YAML: ${wrong.message.split('\n', 1)[0]}`,
    );
  const parsed = schema.safeParse(document.toJS() ?? {});
  const mistakes: readonly Mistake[] = parsed.success
    ? further(parsed.data)
    : parsed.error.issues.map((issue) => mistakeOf(issue, topKeys));
  if (mistakes.length === 0) return parsed.data!;
  const described = mistakes
    .map((mistake) => ({ ...mistake, line: lineOf(document, lines, mistake.path) }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, path: key, message }) => `${path}:${line}: ${key.join('.') || 'the file'}: ${message}`);
  throw new UserError(described.join('\n'));
}

function mistakeOf(issue: z.core.$ZodIssue, topKeys: readonly string[]): Mistake {
  const path = issue.path as (string | number)[];
  if (issue.code !== 'unrecognized_keys') return { path, message: issue.message };
  const hint = path.length === 0 ? `it knows ${topKeys.join(', ')}` : 'remove it';
  return { path: [...path, issue.keys[0]!], message: `is no key of this file; ${hint}` };
}

/** The line of the deepest part of the path that the file holds; a key's own line, not its value's. */
function lineOf(document: Document, lines: LineCounter, path: Mistake['path']): number {
  for (let length = path.length; length > 0; length -= 1) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const key = path[length - 1];
    const pair = isMap(parent)
      ? parent.items.find((item) => isPair(item) && isScalar(item.key) && item.key.value === key)
      : undefined;
    const node = (pair?.key ?? document.getIn(path.slice(0, length), true)) as
      { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
