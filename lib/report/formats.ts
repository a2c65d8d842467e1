import type { Format } from '../core/formats.ts';
import type { Report } from '../run/model.ts';
import type { ReportFile } from './files.ts';

interface Writer {
  readonly name: string;
  readonly contentType: string;
  /** Each format is loaded when it is asked for. */
  readonly write: (report: Report) => Promise<string>;
}

const WRITERS: Readonly<Record<Format, Writer>> = {
  sarif: {
    name: 'findings.sarif',
    contentType: 'application/sarif+json',
    write: async (report) => (await import('./sarif.ts')).findingsSarif(report),
  },
  junit: {
    name: 'junit.xml',
    contentType: 'application/xml',
    write: async (report) => (await import('./junit.ts')).findingsJunit(report),
  },
  ocsf: {
    name: 'findings.ocsf.json',
    contentType: 'application/json; charset=utf-8',
    write: async (report) => (await import('./ocsf.ts')).findingsOcsf(report),
  },
  asff: {
    name: 'findings.asff.json',
    contentType: 'application/json; charset=utf-8',
    write: async (report) => {
      const [{ findingsAsff }, { jsonLines }] = await Promise.all([import('./asff.ts'), import('./exchange.ts')]);
      return jsonLines(findingsAsff(report));
    },
  },
  markdown: {
    name: 'findings.md',
    contentType: 'text/markdown; charset=utf-8',
    write: async (report) => (await import('./pull-request.ts')).findingsMarkdown(report),
  },
  ndjson: {
    name: 'findings.ndjson',
    contentType: 'application/x-ndjson',
    write: async (report) => (await import('./ndjson.ts')).findingsNdjson(report),
  },
};

/** The files of a run that somebody asked for, each once. */
export async function chosenFiles(report: Report, formats: readonly Format[] = []): Promise<readonly ReportFile[]> {
  return Promise.all(
    [...new Set(formats)].map(async (format) => {
      const { name, contentType, write } = WRITERS[format];
      return { name, body: await write(report), contentType };
    }),
  );
}
