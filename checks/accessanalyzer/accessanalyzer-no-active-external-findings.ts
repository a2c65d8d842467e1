import { check, fail, pass, rated, skip, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { looksOutside } from './_analyzers.ts';

export default check({
  id: 'accessanalyzer-no-active-external-findings',
  title: 'Findings about access from outside are resolved or archived',
  severity: 'medium',
  why: 'Someone outside can use a resource of this account, and nobody has said that this is meant.',
  fix: 'aws accessanalyzer update-findings --analyzer-arn <analyzer-arn> --ids <finding-id> --status ARCHIVED',
  resource: 'AWS::AccessAnalyzer::Analyzer',
  needs: ['activeFindings'],
  params: { maxOpenDays: 7, maxFindingsListed: 50 },
  evaluate({ kind, status, activeFindings }, { now, params }) {
    if (!looksOutside({ kind })) return skip('it does not look for access from outside');
    if (status !== 'ACTIVE' || !activeFindings) return skip(`the analyzer is ${status}`);
    const seen = activeFindings.filter(({ error }) => error === null);
    const open = seen.filter(({ createdAt }) => ageInDays(createdAt, now) > params.maxOpenDays);
    const isPublic = open.some((finding) => finding.isPublic);
    const message = `findings open for more than ${params.maxOpenDays} days: ${open.length}`;
    const verdict = fail(message, { count: open.length, findings: open.slice(0, params.maxFindingsListed) });
    if (open.length > 0) return isPublic ? rated('high', 'some are about public access', verdict) : verdict;
    const unseen = activeFindings.length - seen.length;
    if (unseen > 0) return unknown(`the analyzer could not read ${unseen} resources`);
    return pass(`no finding is open for more than ${params.maxOpenDays} days`, { open: seen.length });
  },
});
