import { line, stack } from 'd3-shape';
import { html } from 'htm/preact';
import type { VNode } from 'preact';
import type { Severity } from '../../core/model.ts';
import { SEVERITIES } from '../../core/severity.ts';
import type { TrendPoint } from '../../run/model.ts';
import { severityCounts } from '../digest.ts';
import { number, percent, visible } from '../text.ts';
import { type Part, soft } from './parts.ts';

const WIDTH = 600;
const HEIGHT = 100;
/** Below the bars: how much could be judged. */
const COVERAGE = { top: 110, height: 18 };
const GAP = 0.25;
/** Wide bars would make a short history look like a long one. */
const SLOTS = 14;

/** Failed findings of the last nights, night by night, and below them how much of what was asked could be judged. */
export function trendChart(points: readonly TrendPoint[]): Part {
  if (points.length < 2) return html`<p>${soft('The trend begins with the second night.')}</p>`;
  const [first, last] = [points[0]!, points.at(-1)!];
  const step = WIDTH / Math.max(points.length, SLOTS);
  const highest = Math.max(1, ...points.map(totalOf));
  return [
    html`<svg class="trend" viewBox="0 0 600 130" preserveAspectRatio="none" role="img" aria-label=${spoken(points)}>
      <line class="base" x1="0" x2=${WIDTH} y1=${HEIGHT} y2=${HEIGHT} />
      ${bars(points, step, highest)} ${coverageLine(points, step)}
    </svg>`,
    html`<p class="ends small soft">
      ${[
        html`<span>${`${visible(first.date)}: ${number(totalOf(first))}`}</span>`,
        html`<span>${['below: coverage, now ', percent(last.coverage)]}</span>`,
        html`<span>${`${visible(last.date)}: ${number(totalOf(last))}`}</span>`,
      ]}
    </p>`,
  ];
}

const totalOf = ({ failed }: TrendPoint): number => SEVERITIES.reduce((sum, severity) => sum + failed[severity], 0);

/** One bar a night, worst at the bottom: what stands on the line is compared most easily. */
function bars(points: readonly TrendPoint[], step: number, highest: number): readonly VNode[] {
  const y = (count: number) => HEIGHT - (count / highest) * HEIGHT;
  const layers = stack<TrendPoint, Severity>()
    .keys(SEVERITIES)
    .value(({ failed }, severity) => failed[severity])(points);
  return points.map((point, index) => {
    const rects = layers.map((layer) => {
      const [from, to] = layer[index]!;
      const height = y(from) - y(to);
      return html`<rect
        class=${layer.key}
        x=${((index + GAP / 2) * step).toFixed(2)}
        width=${((1 - GAP) * step).toFixed(2)}
        y=${y(to).toFixed(2)}
        height=${height.toFixed(2)}
      />`;
    });
    return html`<g>${[html`<title>${nightWords(point)}</title>`, rects]}</g>`;
  });
}

function coverageLine(points: readonly TrendPoint[], step: number): VNode {
  const path = line<TrendPoint>()
    .x((_, index) => (index + 0.5) * step)
    .y(({ coverage }) => COVERAGE.top + (1 - coverage) * COVERAGE.height)
    .digits(2)(points);
  return html`<path class="coverage" d=${path} />`;
}

function nightWords(point: TrendPoint): string {
  const counts = severityCounts(point.failed) || 'nothing failed';
  return `${visible(point.date)}: ${counts}; coverage ${percent(point.coverage)}`;
}

function spoken(points: readonly TrendPoint[]): string {
  return `Failed findings of ${points.length} nights. ${nightWords(points[0]!)}. ${nightWords(points.at(-1)!)}.`;
}
