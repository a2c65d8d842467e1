import { check, fail, pass, table, unknown } from '../../lib/core/check.ts';
import { required } from '../../lib/core/knowledge.ts';
import { looksOutside } from './_analyzers.ts';

export default check({
  id: 'accessanalyzer-external-access-enabled',
  title: 'Each region has an analyzer that looks for access from outside',
  severity: 'medium',
  why: 'A bucket, key, role or queue that someone shares with strangers in this region is noticed by nobody.',
  fix: 'aws accessanalyzer create-analyzer --analyzer-name account --type ACCOUNT --region <region>',
  resource: 'AWS::AccessAnalyzer::RegionSettings',
  uses: { analyzers: table('AWS::AccessAnalyzer::Analyzer'), accounts: table('AWS::::Account', 'organization') },
  params: { coveredByOrganization: false },
  evaluate({ account }, { params, analyzers, accounts }) {
    const looking = analyzers.where(looksOutside);
    if (looking.some(({ status, kind }) => status === 'ACTIVE' && kind === 'ACCOUNT'))
      return pass('an analyzer is active');
    if (looking.some(({ status }) => status === 'ACTIVE')) return pass("satisfied by the organisation's analyzer");
    if (params.coveredByOrganization && required(accounts.get(account), account).organization)
      return pass(
        'satisfied by the analyzer of a delegated administrator, as the settings say: it cannot be seen from here',
      );
    if (looking.some(({ status }) => status === 'CREATING')) return unknown('an analyzer is being created');
    const found = looking.all().map(({ id, status }) => ({ id, status }));
    return fail(found.length > 0 ? 'no analyzer is active' : 'there is no analyzer', { analyzers: found });
  },
});
