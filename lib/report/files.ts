import type { Report } from '../run/model.ts';
import { findingsJson } from './json.ts';

export interface ReportFile {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

/** Every report file of a run. */
export function reportFiles(report: Report): readonly ReportFile[] {
  return [{ name: 'findings.json', body: findingsJson(report), contentType: 'application/json; charset=utf-8' }];
}
