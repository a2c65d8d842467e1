import { check, fail, pass, skip, unknown } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';
import { instantIn, isTerminated } from './_instances.ts';

export default check({
  id: 'ec2-instance-not-stopped-too-long',
  title: 'Stopped instances are removed after some weeks',
  severity: 'low',
  why: 'A forgotten instance comes back with the flaws of the day on which it was stopped.',
  fix: 'aws ec2 terminate-instances --instance-ids <instance-id>',
  resource: 'AWS::EC2::Instance',
  params: { maxStoppedDays: 30 },
  evaluate(instance, { params, now }) {
    const { state, launchTime } = instance;
    if (isTerminated(instance)) return skip(`the instance is ${state}`);
    if (state !== 'stopped') return pass(`the instance is ${state}`, { state });
    const stopped = instantIn(instance.stateTransitionReason);
    // It cannot have stopped before it was last started.
    const days = Math.floor(ageInDays(stopped ?? launchTime, now));
    if (ageInDays(stopped ?? launchTime, now) <= params.maxStoppedDays)
      return pass(`stopped at most ${days} days ago`, { stopped: stopped ?? null, launchTime });
    if (!stopped) return unknown(`AWS does not say since when it is stopped; last started ${days} days ago`);
    return fail(`stopped ${days} days ago`, { stopped, launchTime });
  },
});
