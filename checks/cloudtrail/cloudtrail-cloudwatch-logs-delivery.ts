import { check, pass, skip, table } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import { logGroupVerdict } from './_delivery.ts';
import { isOwn, satisfiedBy } from './_trails.ts';

export default check({
  id: 'cloudtrail-cloudwatch-logs-delivery',
  title: 'Trails deliver their events to CloudWatch Logs',
  severity: 'low',
  why: 'No alarm can tell of what the account does while it happens.',
  fix: 'aws cloudtrail update-trail --name <trail-arn> --cloud-watch-logs-log-group-arn <log-group-arn> --cloud-watch-logs-role-arn <role-arn>',
  resource: 'AWS::CloudTrail::Trail',
  needs: ['description', 'logGroup', 'status', 'delivery'],
  uses: { trails: table('AWS::CloudTrail::Trail', 'description', 'logGroup', 'status', 'delivery') },
  params: { maxDeliveryAgeHours: 24, requireCloudwatchLogs: true, anyTrailSufficient: true },
  evaluate(trail, { now, params, trails }) {
    if (!isOwn(trail)) return skip(`account ${trail.owner}, whose organization's trail this is, has its log group`);
    if (!params.requireCloudwatchLogs && trail.logGroup === null) return skip('no log group is asked for');
    const judged = (one: typeof trail) => logGroupVerdict(one, now, params.maxDeliveryAgeHours);
    const isDelivering = (one: typeof trail) => judged(one).status === 'PASS';
    const isEnough = (one: typeof trail) => one.description.isMultiRegionTrail && isDelivering(one);
    const isSpared = () => params.anyTrailSufficient && trails.some(isEnough);
    if (!anyOf(() => isDelivering(trail), isSpared) || ifKnown(() => isDelivering(trail), false)) return judged(trail);
    return pass(`satisfied by ${satisfiedBy(trails, isEnough)}, which records all regions`);
  },
});
