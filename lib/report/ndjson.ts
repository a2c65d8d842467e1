import type { Report } from '../run/model.ts';
import { jsonText } from './text.ts';

/** One finding a line, as in findings.json; for pipes and log readers. */
export function findingsNdjson({ findings }: Report): string {
  return findings.map((finding) => `${jsonText(finding)}\n`).join('');
}
