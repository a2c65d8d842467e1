import imdsv2 from '../../../checks/ec2/ec2-instance-imdsv2-required.ts';
import { cases } from '../../support/cases.ts';
import { instance, network, networkInterface, networkWithPrefixList } from './_network.ts';

const instanceProfile = 'arn:aws:iam::111122223333:instance-profile/web';
const ipv6 = { ...networkInterface, ipv6Addresses: ['2600:1f18::1'] };

cases(imdsv2, {
  pass: [
    {
      name: 'tokens are required',
      resource: { ...instance, httpTokens: 'required' },
      evidence: { httpTokens: 'required', state: 'applied' },
    },
    { name: 'the endpoint is off', resource: { ...instance, httpEndpoint: 'disabled' }, message: 'off' },
    {
      name: 'a change is not applied yet: the values count',
      resource: { ...instance, httpTokens: 'required', metadataOptionsState: 'pending' },
      evidence: { httpTokens: 'required', state: 'pending' },
    },
  ],
  fail: [
    {
      name: 'IMDSv1 is answered',
      resource: instance,
      severity: undefined,
      evidence: { httpTokens: 'optional', httpEndpoint: 'enabled', state: 'applied', instanceProfile: null },
    },
    { name: 'stopped: it starts again with IMDSv1', resource: { ...instance, state: 'stopped' } },
    {
      name: 'with a role, without public address',
      resource: { ...instance, instanceProfile },
      with: network,
      severity: undefined,
    },
    {
      name: 'with a public address, without role',
      resource: { ...instance, publicIps: ['198.51.100.1'] },
      severity: undefined,
    },
    {
      name: 'with a role and a public address',
      resource: { ...instance, instanceProfile, publicIps: ['198.51.100.1'] },
      severity: 'critical',
      message: 'a role and a public address',
    },
    {
      name: 'with a role and IPv6 that an internet gateway serves',
      resource: { ...instance, instanceProfile, interfaces: [ipv6] },
      with: network,
      severity: 'critical',
    },
    {
      name: 'with a role and IPv6 with a route by a prefix list that is the internet',
      resource: { ...instance, instanceProfile, interfaces: [ipv6] },
      with: networkWithPrefixList(['2000::/3']),
      severity: 'critical',
    },
    {
      name: 'with a role and IPv6 in a subnet that cannot be seen: the finding stands',
      resource: { ...instance, instanceProfile, interfaces: [ipv6] },
      severity: undefined,
    },
    { name: 'a container host is no exception', resource: { ...instance, tags: { 'eks:cluster-name': 'main' } } },
  ],
  skip: [
    { name: 'terminated', resource: { ...instance, state: 'terminated' }, message: 'terminated' },
    { name: 'shutting down', resource: { ...instance, state: 'shutting-down' } },
  ],
});
