import findings from '../../../checks/accessanalyzer/accessanalyzer-no-active-external-findings.ts';
import { cases } from '../../support/cases.ts';

const FINDING = {
  id: 'f1',
  resource: 'arn:aws:s3:::exports' as string | null,
  createdAt: '2025-12-01T00:00:00Z',
  isPublic: false as boolean | null,
  error: null as string | null,
  controlPolicy: 'NOT_APPLICABLE' as const,
};
const analyzer = (...activeFindings: Partial<typeof FINDING>[]) => ({
  kind: 'ACCOUNT' as const,
  status: 'ACTIVE' as const,
  activeFindings: activeFindings.map((one) => ({ ...FINDING, ...one })),
});
const young = { createdAt: '2025-12-25T00:00:00Z' };
const error = { error: 'ACCESS_DENIED' };

cases(findings, {
  pass: [
    { name: 'none', resource: analyzer(), evidence: { open: 0 } },
    { name: 'seven days old', resource: analyzer(young), evidence: { open: 1 } },
    { name: 'of an organisation', resource: { ...analyzer(), kind: 'ORGANIZATION' } },
  ],
  fail: [
    {
      name: 'older than seven days',
      resource: analyzer({ createdAt: '2025-12-24T23:59:59Z' }, young),
      message: 'findings open for more than 7 days: 1',
      evidence: { count: 1, findings: [{ ...FINDING, createdAt: '2025-12-24T23:59:59Z' }] },
      severity: undefined,
    },
    { name: 'public', resource: analyzer({}, { isPublic: true }), severity: 'high' },
    { name: 'of unknown reach', resource: analyzer({ isPublic: null }), severity: undefined },
    {
      name: 'a young public one beside an old one',
      resource: analyzer({}, { ...young, isPublic: true }),
      severity: undefined,
    },
    { name: 'at once', resource: analyzer(young), params: { maxOpenDays: 0 } },
    {
      name: 'more than are listed',
      resource: analyzer({}, { id: 'f2' }),
      params: { maxFindingsListed: 1 },
      evidence: { count: 2, findings: [FINDING] },
    },
    {
      name: 'beside a resource that could not be read',
      resource: analyzer({}, error),
      evidence: { count: 1, findings: [FINDING] },
    },
  ],
  skip: [
    { name: 'for unused access', resource: { kind: 'ACCOUNT_UNUSED_ACCESS', status: 'ACTIVE', activeFindings: null } },
    { name: 'not active', resource: { kind: 'ACCOUNT', status: 'FAILED', activeFindings: null }, message: 'FAILED' },
  ],
  unknown: [
    { name: 'resources that the analyzer could not read', resource: analyzer(young, error), message: '1 resources' },
  ],
});
