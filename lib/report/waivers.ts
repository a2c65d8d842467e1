import type { WaiverStatus, WaiverUse } from '../core/waivers.ts';
import { brief, number, plural, visible } from './text.ts';

type Listed = WaiverUse & { readonly status: WaiverStatus };

/** Waivers with what became of them, for a terminal. Nothing in it can command the terminal. */
export function waiversText(
  waivers: readonly Listed[],
  { run, isPartial }: { readonly run: string; readonly isPartial: boolean },
): string {
  const head =
    waivers.length === 0
      ? `Run ${visible(run)} knew no waivers. ronda waive writes one; the next audit applies it.`
      : `${plural(waivers.length, 'waiver')} after run ${visible(run)}`;
  const caution = isPartial ? ['The run looked at a part alone: what is unused may be elsewhere.'] : [];
  return `${[head, ...caution, ...waivers.map(entry)].join('\n')}\n`;
}

function entry({ status, waiver, covers, outlived }: Listed): string {
  const { check, resource, accounts, regions, tags, owner, reason, ticket, expires } = waiver;
  const limits = [
    ...(accounts ?? []),
    ...(regions ?? []),
    ...Object.entries(tags ?? {}).map(([key, value]) => `${key}=${value}`),
  ];
  const counts = [`covers ${number(covers)}`, ...(outlived > 0 ? [`${number(outlived)} outlived`] : [])].join(', ');
  return [
    '',
    `${status.padEnd(8)}  until ${visible(expires)}  ${brief(owner, 60)}  (${counts})`,
    `  ${brief(check)}  ${brief(resource)}`,
    ...(limits.length > 0 ? [`  in ${brief(limits.join(' '), 400)}`] : []),
    `  ${brief(reason, 400)}${ticket === undefined ? '' : `  ${brief(ticket, 100)}`}`,
  ].join('\n');
}
