import type { Report } from '../run/model.ts';

/** The findings of a run as a document of schemas/findings.schema.json. */
export function findingsJson({ header, findings }: Report): string {
  return `${JSON.stringify({ ...header, findings }, null, 2)}\n`;
}
