import { check, fail, pass, rated, skip } from '../../lib/core/check.ts';
import { worldEntries } from './_acl-entries.ts';

export default check({
  id: 'vpc-nacl-no-world-admin-ports',
  title: 'Network ACLs keep SSH and RDP closed to the internet',
  severity: 'medium',
  why: 'The ACL is the second line behind security groups: where it lets everybody in, one careless rule of a group exposes a whole subnet.',
  fix: 'aws ec2 create-network-acl-entry --network-acl-id <acl-id> --ingress --rule-number <number-before-the-allow> --protocol tcp --port-range From=22,To=22 --cidr-block 0.0.0.0/0 --rule-action deny',
  resource: 'AWS::EC2::NetworkAcl',
  params: { ports: [22, 3389] },
  evaluate(acl, { params }) {
    if (acl.owner !== acl.account) return skip('the ACL belongs to another account');
    const isUnused = acl.subnets.length === 0;
    if (isUnused && !acl.isDefault) return skip('no subnet uses the ACL');
    const entries = worldEntries(acl.entries, params.ports);
    if (entries.length === 0) return pass(`it keeps the internet from ports ${params.ports.join(', ')}`);
    const verdict = fail('it lets the internet reach administration ports', { entries });
    return isUnused ? rated('low', 'no subnet uses it', verdict) : verdict;
  },
});
