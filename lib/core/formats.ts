/** What a run can be written as besides the page, findings.json and findings.csv. */
export const FORMATS = ['sarif', 'junit', 'ocsf', 'asff', 'markdown', 'ndjson'] as const;
export type Format = (typeof FORMATS)[number];
