import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { poolProblems, proxyProblems } from './_proxies.ts';

export default check({
  id: 'rds-proxy-tls-and-pool-limits',
  title: 'Database proxies require TLS and leave connections for administration',
  severity: 'medium',
  why: 'A proxy is the front door of its database: what it accepts, the database accepts.',
  fix: 'aws rds modify-db-proxy --db-proxy-name <proxy> --require-tls --no-debug-logging',
  resource: 'AWS::RDS::DBProxy',
  needs: ['pools'],
  params: { maxPercent: 90, requireIam: false },
  evaluate(proxy, { params }) {
    const { status, requireTls, debugLogging, auth, defaultAuthScheme } = proxy;
    if (status !== 'available') return skip(`the proxy is ${status}`);
    const settings = { requireTls, debugLogging, defaultAuthScheme, auth };
    const problems = proxyProblems(proxy, params.requireIam);
    if (problems.length > 0) return fail(problems.join('; '), settings);
    const pools = proxy.pools!;
    const tooLarge = poolProblems(pools, params.maxPercent);
    if (tooLarge.length > 0) return fail(tooLarge.join('; '), { pools });
    return pass('TLS is required, and the pools are bounded', { ...settings, pools });
  },
});
