import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { matchingTag } from '../../lib/core/tags.ts';
import { publicSubnetsIn } from '../../lib/network/tables.ts';
import { ROUTING } from '../vpc/_routing.ts';
import { isTerminated } from './_instances.ts';

export default check({
  id: 'ec2-instance-in-private-subnet',
  title: 'Instances run in private subnets',
  severity: 'low',
  why: 'In a subnet with a route to the internet, one public address is all that keeps an instance from being attacked.',
  fix: 'aws ec2 run-instances --subnet-id <private-subnet-id> --image-id <image-of-instance> --instance-type <type>',
  resource: 'AWS::EC2::Instance',
  uses: ROUTING,
  params: { exemptTags: { Role: ['bastion', 'nat'] } },
  evaluate(instance, { params, ...network }) {
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    const exempt = matchingTag(instance.tags, params.exemptTags);
    if (exempt) return skip(`the tag ${exempt} exempts the instance`);
    const subnets = [...new Set(instance.interfaces.map(({ subnet }) => subnet))];
    const open = publicSubnetsIn(subnets, network);
    if (open.length === 0) return pass('no internet gateway leads to its subnets', { subnets });
    return fail('an internet gateway leads to its subnet', { publicSubnets: open });
  },
});
