import { tally } from '../../lib/core/coverage.ts';
import type { Gone } from '../../lib/core/diff.ts';
import type { Gap, Identity } from '../../lib/core/model.ts';
import type { AccountResult, CheckInfo, Report, RunHeader, StoredFinding } from '../../lib/run/model.ts';

export const ACCOUNT = '111122223333';
export const DENIED: Gap = { reason: 'denied', operation: 's3:GetBucketPolicy', detail: 'access denied' };

/** What names, tags, messages and evidence may hold. Every format shows each of them without harm. */
export const HOSTILE: Readonly<Record<string, string>> = {
  script: '<script>alert(1)</script>',
  'event handler': '"><img src=x onerror=alert(1)>',
  'end of style': '</style><script>alert(1)</script>',
  'javascript link': 'javascript:alert(1)',
  formula: "=cmd|' /C calc'!A0",
  'formula of plus': '+1+cmd',
  'formula of at': '@SUM(1+1)*cmd',
  'formula after a tab': '\t=1+1',
  'formula after a line end': '\r\n=1+1',
  'full-width formula': '\uFF1D1+1',
  'terminal escape': '\u001B[31mred\u001B[0m\u001B]8;;https://evil.example\u0007link\u001B]8;;\u0007',
  'one-character escape': '\u009B2J',
  newline: 'first\nsecond\r\nthird\u2028fourth',
  'right to left': 'safe\u202Egnp.exe\u2066',
  'lone surrogate': 'half \uD83D and \uDE00 half',
  'null byte': 'a\0b',
  'slack mention': '<!channel> <@U123> @here @channel <https://evil.example|bank.example>',
  'chat style': '*bold* _it_ ~no~ `code` ```block``` > quote :skull:',
  'bare link': 'see https://evil.example/x and evil.example',
  'markdown link': '[click](https://evil.example) ![x](https://evil.example/x.png)',
  'ten thousand': 'x'.repeat(10_000),
  'ten thousand wide': '\u6F22'.repeat(10_000),
  entity: '&lt;b&gt; &amp; &#60;',
  quote: `"double" 'single' \`back\``,
  empty: '',
  braces: '${process.exit(1)} {{7*7}}',
};

export function checkInfo(id: string, fields: Partial<CheckInfo> = {}): CheckInfo {
  const service = id.split('-', 1)[0]!;
  return {
    id,
    title: `Title of ${id}`,
    severity: 'high',
    why: `Why ${id} matters.`,
    fix: `aws ${service} fix --name <name>`,
    service,
    version: '1a2b3c4d',
    params: {},
    isRelated: false,
    ...fields,
  };
}

let count = 0;
/** A FAIL of one bucket. Give `resource` the parts of its identity that matter. */
export function finding(
  fields: Partial<Omit<StoredFinding, 'resource'>> & { readonly resource?: Partial<Identity> } = {},
): StoredFinding {
  const { resource, ...own } = fields;
  count += 1;
  const id = resource?.id ?? `bucket-${count}`;
  return {
    id: count.toString(16).padStart(16, '0'),
    check: 's3-bucket-not-public',
    status: 'FAIL',
    severity: 'high',
    message: 'the policy lets everyone read',
    at: '2026-01-01T00:01:00.000Z',
    ...own,
    resource: {
      type: 'AWS::S3::Bucket',
      id,
      arn: `arn:aws:s3:::${id}`,
      account: ACCOUNT,
      region: 'eu-west-1',
      ...resource,
    },
  };
}

/** A finding of the last run that was not met again. */
export function gone(fields: Partial<Gone> = {}): Gone {
  count += 1;
  return {
    id: count.toString(16).padStart(16, '0'),
    change: 'resolved',
    check: 's3-bucket-not-public',
    severity: 'high',
    type: 'AWS::S3::Bucket',
    region: 'eu-west-1',
    arn: `arn:aws:s3:::gone-${count}`,
    firstSeen: '2025-12-01T00:00:00.000Z',
    ...fields,
  };
}

interface Parts {
  readonly findings?: readonly StoredFinding[];
  /** Checks that the header describes; by default those of the findings. */
  readonly checks?: readonly CheckInfo[];
  readonly accounts?: readonly string[];
  /** Accounts that were never judged before. */
  readonly firstRunOf?: readonly string[];
  readonly gone?: readonly Gone[];
  readonly header?: Partial<RunHeader>;
}

/** A report whose summary counts the findings that it is given, as a run would. */
export function reportOf({
  findings = [],
  checks,
  accounts = [ACCOUNT],
  firstRunOf = [],
  gone: lost = [],
  header,
}: Parts = {}): Report {
  const own = Map.groupBy(findings, ({ resource }) => resource.account);
  const results = accounts.map((account, index): AccountResult => {
    const counts = tally();
    for (const one of own.get(account) ?? []) counts.add(one);
    return {
      account,
      hasHistory: !firstRunOf.includes(account),
      summary: counts.summary(),
      gone: index === 0 ? lost : [],
      causes: {},
      lost: [],
      regained: [],
      waivers: [],
    };
  });
  const total = tally();
  for (const one of findings) total.add(one);
  return {
    header: {
      format: 1,
      tool: 'ronda 0.1.0',
      date: '2026-01-01',
      run: '20260101T000000Z-abc123',
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: '2026-01-01T00:00:42.000Z',
      scope: { partition: 'aws', accounts, regions: ['eu-west-1', 'us-east-1'], filters: {} },
      checks: checks ?? [...new Set(findings.map(({ check }) => check))].map((id) => checkInfo(id)),
      accounts: results,
      summary: total.summary(),
      waivers: [],
      trend: [],
      calls: [
        { service: 's3', region: 'eu-west-1', operation: 'GetBucketPolicy', calls: 1200, throttled: 3 },
        { service: 'iam', region: 'us-east-1', operation: 'GetAccountAuthorizationDetails', calls: 4, throttled: 0 },
      ],
      ...header,
    },
    findings: findings.toSorted((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity)),
  };
}
const ORDER = ['critical', 'high', 'medium', 'low', 'informational'];
