import type { Report } from '../run/model.ts';
import { findingsCsv } from './csv.ts';
import { reportPage } from './html.ts';
import { findingsJson } from './json.ts';

export interface ReportFile {
  readonly name: string;
  readonly body: string | Uint8Array;
  readonly contentType: string;
}

/** Every report file of a run. Each is whole in itself, and made when it is asked for: of a large run, one is large enough. */
export function* reportFiles(report: Report): Generator<ReportFile> {
  yield { name: 'findings.json', body: findingsJson(report), contentType: 'application/json; charset=utf-8' };
  yield { name: 'findings.csv', body: findingsCsv(report), contentType: 'text/csv; charset=utf-8; header=present' };
  yield { name: 'index.html', body: reportPage(report), contentType: 'text/html; charset=utf-8' };
}
