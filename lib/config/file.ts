import { readFile } from 'node:fs/promises';
import { isMap, isPair, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { UserError } from '../core/errors.ts';
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
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const wrong = document.errors[0];
  if (wrong)
    throw new UserError(
      `${path}:${lines.linePos(wrong.pos[0]).line}: this is not YAML: ${wrong.message.split('\n', 1)[0]}`,
    );
  const parsed = configSchema.safeParse(document.toJS() ?? {});
  const mistakes: readonly Mistake[] = parsed.success
    ? further(parsed.data)
    : parsed.error.issues.map((issue) =>
        issue.code === 'unrecognized_keys'
          ? {
              path: [...(issue.path as string[]), issue.keys[0]!],
              message: `is no key of the configuration; ${keysAt(issue.path)}`,
            }
          : { path: issue.path as (string | number)[], message: issue.message },
      );
  if (mistakes.length === 0) return parsed.data!;
  const described = mistakes
    .map((mistake) => ({ ...mistake, line: lineOf(document, lines, mistake.path) }))
    .toSorted((a, b) => a.line - b.line)
    .map(({ line, path: key, message }) => `${path}:${line}: ${key.join('.') || 'the file'}: ${message}`);
  throw new UserError(described.join('\n'));
}

function keysAt(path: readonly PropertyKey[]): string {
  return path.length === 0 ? `it knows ${Object.keys(configSchema.shape).join(', ')}` : 'remove it';
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
