import { check, fail, pass, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import { recordsManagement } from './_management-events.ts';
import { isLoggingEverywhere, isOwn, satisfiedBy } from './_trails.ts';

export default check({
  id: 'cloudtrail-management-events-complete',
  title: 'Trails record all management events of all regions, reads and writes',
  severity: 'high',
  why: 'What a trail leaves out, such as reads or the events of KMS, is what an intruder does unseen.',
  fix: `aws cloudtrail put-event-selectors --trail-name <trail-arn> --advanced-event-selectors '[{"Name":"management","FieldSelectors":[{"Field":"eventCategory","Equals":["Management"]}]}]'`,
  resource: 'AWS::::Account',
  uses: { trails: table('AWS::CloudTrail::Trail', 'description', 'status', 'eventSelectors') },
  params: { allowedExcludedSources: ['rdsdata.amazonaws.com'] },
  evaluate(_account, { params, trails }) {
    const own = trails.where(isOwn);
    const inherited = trails.where((trail) => !isOwn(trail));
    const isOwnComplete = () => recordsManagement(own, params.allowedExcludedSources);
    if (!anyOf(isOwnComplete, () => inherited.some(isLoggingEverywhere)))
      return fail('no multi-Region trail that is logging records all management events', {
        trails: ifKnown(() => own.all().map(({ arn }) => arn), null),
      });
    if (ifKnown(isOwnComplete, false)) return pass('all management events are recorded');
    const trail = satisfiedBy(inherited, isLoggingEverywhere);
    return pass(`satisfied by ${trail}: which events it selects, only that account can read`);
  },
});
