import type { Difference } from '../run/compare.ts';
import { causeWords, changeWords, nameOf } from './digest.ts';
import { brief, middle, number, visible } from './text.ts';

const ORDER: readonly Difference['change'][] = ['new', 'worse', 'unwaived', 'unseen', 'waived', 'seen', 'resolved'];
const NAME_WIDTH = 200;
const MESSAGE_WIDTH = 400;
const words = (change: Difference['change']): string => (change === 'seen' ? 'seen again' : changeWords(change));

/** What two runs say otherwise, for a terminal: each difference with its cause. Nothing in it can command the terminal. */
export function differencesText(
  differences: readonly Difference[],
  { earlier, later }: { earlier: string; later: string },
): string {
  const counts = ORDER.flatMap((change) => {
    const count = differences.filter((one) => one.change === change).length;
    return count === 0 ? [] : [`${number(count)} ${words(change)}`];
  });
  const head = `From ${visible(earlier)} to ${visible(later)}: ${counts.join(', ') || 'nothing changed'}`;
  const parts = ORDER.flatMap((change) => differences.filter((one) => one.change === change).map(entry));
  return `${[head, ...parts].join('\n\n')}\n`;
}

function entry({ change, cause, finding }: Difference): string {
  const { severity, check, variant, resource, message, id } = finding;
  const what = [visible(check), ...(variant ? [visible(variant)] : [])].join(' ');
  return [
    `${words(change)}  ${severity}  ${what}  ${id}`,
    `  ${visible(resource.account)} ${visible(resource.region)}  ${middle(nameOf(resource), NAME_WIDTH)}`,
    `  ${brief(message, MESSAGE_WIDTH)}`,
    `  because ${causeWords(cause)}`,
  ].join('\n');
}
