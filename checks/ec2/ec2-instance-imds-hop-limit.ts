import { check, fail, pass, skip } from '../../lib/core/check.ts';
import { isContainerHost, isTerminated } from './_instances.ts';

export default check({
  id: 'ec2-instance-imds-hop-limit',
  title: 'Metadata responses of instances travel no further than they must',
  severity: 'low',
  why: 'With hops to spare, a container or a proxy on the instance fetches the credentials of its role.',
  fix: 'aws ec2 modify-instance-metadata-options --instance-id <instance-id> --http-put-response-hop-limit 1',
  resource: 'AWS::EC2::Instance',
  params: { maxHops: 1, containerMaxHops: 2 },
  evaluate(instance, { params }) {
    const { httpEndpoint, httpTokens, hopLimit } = instance;
    if (isTerminated(instance)) return skip(`the instance is ${instance.state}`);
    if (httpEndpoint === 'disabled') return pass('the metadata service is off', { httpEndpoint });
    const isHost = isContainerHost(instance);
    const most = isHost ? params.containerMaxHops : params.maxHops;
    if (hopLimit <= most) return pass(`the hop limit is ${hopLimit}`, { hopLimit, httpTokens });
    const whose = isHost ? 'a container host' : 'an instance';
    return fail(`the hop limit is ${hopLimit}, where ${whose} needs ${most}`, { hopLimit, httpTokens });
  },
});
