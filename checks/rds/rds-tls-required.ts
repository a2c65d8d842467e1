import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { notJudgedAlone } from './_databases.ts';
import { lowestTlsOf, tlsDemand } from './_tls.ts';
import { isTlsVersion } from './_versions.ts';

export default check({
  id: 'rds-tls-required',
  title: 'Databases and database proxies refuse connections without TLS',
  severity: 'high',
  why: 'A client that falls back to clear text shows passwords and rows to everyone on its way.',
  fix: 'aws rds modify-db-parameter-group --db-parameter-group-name <group> --parameters ParameterName=<parameter>,ParameterValue=1,ApplyMethod=immediate',
  resource: ['AWS::RDS::DBInstance', 'AWS::RDS::DBCluster', 'AWS::RDS::DBProxy'],
  needs: ['tls'],
  params: { minTls: null as string | null },
  evaluate(database, { params: { minTls } }) {
    const reason = notJudgedAlone(database);
    if (reason) return skip(reason);
    const { isRequired, words, evidence } = tlsDemand(database);
    if (isRequired === null) return unknown(words);
    if (!isRequired) return fail(words, evidence);
    if (minTls === null) return pass(words, evidence);
    if (!isTlsVersion(minTls)) return unknown(`${minTls} is no version of TLS`);
    const lowest = lowestTlsOf(database);
    if (lowest === null) return unknown('no setting that AWS shows tells the lowest TLS version');
    if (lowest < minTls) return fail(`accepts TLS ${lowest}, below ${minTls}`, evidence);
    return pass(`${words}, from TLS ${lowest} on`, evidence);
  },
});
