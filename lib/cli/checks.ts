import { styleText } from 'node:util';
import type { AnyCheck } from '../core/evaluate.ts';
import { infoOf } from '../run/model.ts';
import { UserError } from '../core/errors.ts';
import type { Product } from './program.ts';
import { scopeOf, type ScopeOptions } from './scope.ts';

export async function listCommand(options: ScopeOptions & { json?: boolean }, { checks: all }: Product): Promise<void> {
  const { checks } = await scopeOf(options, all);
  if (options.json) return void process.stdout.write(`${JSON.stringify(checks.map(infoOf), null, 2)}\n`);
  const width = Math.max(...checks.map(({ id }) => id.length));
  for (const { id, severity, title } of checks)
    process.stdout.write(`${id.padEnd(width)}  ${severity.padEnd(13)}  ${title}\n`);
  process.stdout.write(`${checks.length} checks\n`);
}

export async function showCommand(id: string, { checks, resources }: Product): Promise<void> {
  const check = checks.find((known) => known.id === id);
  if (!check) throw new UserError(`no check is called ${JSON.stringify(id)}; ronda checks lists them all`);
  const { actionsFor, selectionOf } = await import('../aws/permissions.ts');
  const actions = actionsFor(selectionOf([check]), await resources());
  process.stdout.write(
    `${styleText('bold', check.title)}\n${[
      ['check', check.id],
      ['severity', check.severity],
      ['judges', check.resource.join(', ')],
      ['why', check.why],
      ['fix', check.fix],
      ['params', paramsOf(check)],
      ['reads with', actions.join(', ') || 'nothing of its own'],
    ]
      .map(([label, text]) => `  ${label!.padEnd(10)}  ${text}\n`)
      .join('')}`,
  );
}

function paramsOf({ params }: AnyCheck): string {
  const list = Object.entries(params as object).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return list.join(', ') || 'none';
}
