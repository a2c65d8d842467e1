// Fails on known vulnerabilities of severity high or critical in any package of the lock file: npm run advisories
import { spawnSync } from 'node:child_process';

/** What `npm audit --json` said. */
type Advice =
  | { readonly kind: 'clean' }
  /** One line a vulnerable package. */
  | { readonly kind: 'vulnerable'; readonly packages: readonly string[] }
  | { readonly kind: 'unreachable' | 'failed'; readonly detail: string };

interface Answer {
  readonly auditReportVersion?: number;
  readonly vulnerabilities?: Readonly<Record<string, Vulnerability>>;
  readonly message?: string;
  readonly statusCode?: number;
  readonly error?: { readonly summary?: string };
}
interface Vulnerability {
  readonly name: string;
  readonly severity: string;
  readonly range: string;
  /** The advisories; names of packages where the vulnerability is theirs. */
  readonly via: readonly (string | { readonly title: string })[];
}

const GRAVE = ['high', 'critical'];
/** The registry has no such endpoint, keeps it from us, or cannot answer now. */
const ABSENT = [403, 404, 405, 407, 429];

/** Only an endpoint that does not answer is no verdict; whatever else is not understood has failed. */
export function adviceOf(output: string): Advice {
  const answer = parsed(output);
  if (answer?.auditReportVersion !== undefined && answer.vulnerabilities) return judged(answer.vulnerabilities);
  const detail = answer?.message ?? answer?.error?.summary ?? output.slice(0, 500);
  return { kind: answer && isUnreachable(answer) ? 'unreachable' : 'failed', detail };
}

function judged(vulnerabilities: Readonly<Record<string, Vulnerability>>): Advice {
  const packages = Object.values(vulnerabilities)
    .filter(({ severity }) => GRAVE.includes(severity))
    .map(({ name, severity, range, via }) => {
      const reasons = via.map((one) => (typeof one === 'string' ? `through ${one}` : one.title));
      return `${severity}  ${name} ${range}: ${reasons.join('; ')}`;
    });
  return packages.length > 0 ? { kind: 'vulnerable', packages } : { kind: 'clean' };
}

function isUnreachable({ statusCode, message }: Answer): boolean {
  if (statusCode !== undefined) return statusCode >= 500 || ABSENT.includes(statusCode);
  return message !== undefined && /^request to .* failed, reason: |^network timeout at: /.test(message);
}

function parsed(output: string): Answer | undefined {
  try {
    const answer = JSON.parse(output) as unknown;
    return typeof answer === 'object' && answer !== null ? answer : undefined;
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  // The tools that build and test count as well: they run with the rights of whoever builds.
  const { stdout } = spawnSync('npm', ['audit', '--audit-level=high', '--json', '--fetch-retries=1'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const advice = adviceOf(stdout ?? '');
  if (advice.kind === 'clean') console.log('npm audit: no known vulnerability of severity high or critical');
  if (advice.kind === 'vulnerable') console.error(`npm audit:\n${advice.packages.join('\n')}`);
  if (advice.kind === 'failed') console.error(`npm audit failed: ${advice.detail}`);
  if (advice.kind === 'unreachable')
    console.warn(
      `SKIPPED: npm audit. NO ADVISORY WAS LOOKED UP: the registry's endpoint did not answer (${advice.detail})`,
    );
  process.exitCode = advice.kind === 'vulnerable' || advice.kind === 'failed' ? 1 : 0;
}
