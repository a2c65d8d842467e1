import { create } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import type { Report, StoredFinding } from '../run/model.ts';
import { causeOf, serviceOf } from '../core/coverage.ts';
import { nameOf, whatOpens, worstFirst } from './digest.ts';
import { cut, visible } from './text.ts';

const MESSAGE_MAX = 1_000;

/**
 * JUnit XML as CI systems read it: a suite for each account, region and service, a case for each verdict. FAIL is a failure, UNKNOWN
 * an error, SKIP and waived findings are skipped. No authority publishes a schema: only elements and attributes that all readers know.
 */
export function findingsJunit({ header, findings }: Report): string {
  const document = create({ version: '1.0', encoding: 'UTF-8' });
  const root = document.ele('testsuites', { name: header.tool, ...countsOf(findings) });
  for (const [name, own] of Map.groupBy(worstFirst(findings), suiteOf)) {
    const suite = root.ele('testsuite', { name, timestamp: header.endedAt.slice(0, 19), ...countsOf(own) });
    for (const finding of own) caseIn(suite, finding);
  }
  return `${document.end({ prettyPrint: true, allowEmptyTags: false })}\n`;
}

function suiteOf({ check, resource }: StoredFinding): string {
  return visible(`${resource.account} ${resource.region} ${serviceOf(check)}`);
}

function countsOf(findings: readonly StoredFinding[]): Record<string, string> {
  const count = (test: (finding: StoredFinding) => boolean) => String(findings.filter(test).length);
  return {
    tests: String(findings.length),
    failures: count(isFailure),
    errors: count(({ status }) => status === 'UNKNOWN'),
    skipped: count(({ status, waiver }) => status === 'SKIP' || waiver !== undefined),
    time: '0',
  };
}

const isFailure = ({ status, waiver }: StoredFinding): boolean => status === 'FAIL' && waiver === undefined;

function caseIn(suite: XMLBuilder, finding: StoredFinding): void {
  const { check, variant, resource, status, severity, message, waiver } = finding;
  const classname = visible(variant ? `${check}.${variant}` : check);
  const element = suite.ele('testcase', { classname, name: cut(nameOf(resource), MESSAGE_MAX), time: '0' });
  const words = cut(visible(message), MESSAGE_MAX);
  const where = `${cut(visible(resource.arn), MESSAGE_MAX)}\nfinding ${visible(finding.id)}`;
  if (waiver)
    element.ele('skipped', {
      message: cut(visible(`waived by ${waiver.owner} until ${waiver.expires}: ${waiver.reason}`), MESSAGE_MAX),
    });
  else if (isFailure(finding)) element.ele('failure', { message: words, type: severity }).txt(where);
  else if (status === 'UNKNOWN')
    element.ele('error', { message: words, type: 'unknown' }).txt(`${where}\n${whatOpens(causeOf(finding))}`);
  else if (status === 'SKIP') element.ele('skipped', { message: words });
}
