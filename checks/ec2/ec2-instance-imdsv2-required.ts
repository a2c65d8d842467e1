import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { ROUTING } from '../vpc/_routing.ts';
import { isTerminated } from './_instances.ts';
import { publicAddresses } from './_public-addresses.ts';

export default check({
  id: 'ec2-instance-imdsv2-required',
  title: 'Instances answer metadata requests with a session token only (IMDSv2)',
  severity: 'high',
  why: 'Whoever can make the instance fetch a URL of their choice reads the credentials of its role.',
  fix: 'aws ec2 modify-instance-metadata-options --instance-id <instance-id> --http-tokens required',
  resource: 'AWS::EC2::Instance',
  uses: ROUTING,
  evaluate(instance, network) {
    const { httpTokens, httpEndpoint, metadataOptionsState: state, instanceProfile } = instance;
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    if (httpTokens === 'required') return pass('tokens are required', { httpTokens, state });
    if (httpEndpoint === 'disabled') return pass('the metadata service is off', { httpEndpoint, state });
    const verdict = fail('IMDSv1 is answered', { httpTokens, httpEndpoint, state, instanceProfile });
    const isExposed = instanceProfile !== null && ifKnown(() => publicAddresses(instance, network).length > 0, false);
    return isExposed ? rated('critical', 'the instance has a role and a public address', verdict) : verdict;
  },
});
