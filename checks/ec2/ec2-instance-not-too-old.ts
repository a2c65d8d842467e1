import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { ageInDays } from '../../lib/core/time.ts';

export default check({
  id: 'ec2-instance-not-too-old',
  title: 'Instances are replaced after some months',
  severity: 'low',
  why: 'An instance that lives on gathers hand-made changes and unpatched software, and nobody knows whether it can be rebuilt.',
  fix: 'aws autoscaling start-instance-refresh --auto-scaling-group-name <group>',
  resource: 'AWS::EC2::Instance',
  params: { maxAgeDays: 180 },
  evaluate(instance, { params, now }) {
    if (instance.state !== 'running') return skip(`the instance is ${instance.state}`);
    const { created, launchTime } = instance;
    const age = ageInDays(created, now);
    const days = { ageInDays: Math.floor(age), daysSinceStart: Math.floor(ageInDays(launchTime, now)) };
    if (age <= params.maxAgeDays) return pass(`created ${days.ageInDays} days ago`, days);
    return fail(`created ${days.ageInDays} days ago, last started ${days.daysSinceStart} days ago`, days);
  },
});
