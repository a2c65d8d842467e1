import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { matchingTag } from '../../lib/core/tags.ts';
import { ageInDays } from '../../lib/core/time.ts';

const IN_TRANSITION = ['creating', 'deleting', 'deleted', 'error'];
/** Set by the drivers of Kubernetes on the volumes of claims. */
const CLAIM_TAG = 'kubernetes.io/created-for/pvc/name';

export default check({
  id: 'ec2-ebs-volume-not-unattached',
  title: 'Volumes that no instance uses are removed',
  severity: 'low',
  why: 'A forgotten disk is a copy of data that nobody watches, and that costs money every day.',
  fix: 'aws ec2 delete-volume --volume-id <volume-id>',
  resource: 'AWS::EC2::Volume',
  params: { graceDays: 14, keepTags: { Retain: ['true'] } },
  evaluate({ state, created, tags }, { params, now }) {
    if (IN_TRANSITION.includes(state)) return skip(`the volume is in state ${state}`);
    if (state !== 'available') return pass('attached', { state });
    const kept = matchingTag(tags, params.keepTags);
    if (kept) return skip(`the tag ${kept} says to keep it`);
    const age = Math.floor(ageInDays(created, now));
    if (ageInDays(created, now) <= params.graceDays) return pass(`not attached, created ${age} days ago`, { created });
    // AWS does not tell since when it is detached.
    const verdict = fail(`not attached, created ${age} days ago`, { state, created });
    const isClaimed = tags !== undefined && CLAIM_TAG in tags;
    return isClaimed ? rated('informational', 'Kubernetes keeps it for a claim', verdict) : verdict;
  },
});
