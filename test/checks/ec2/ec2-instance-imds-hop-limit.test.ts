import hopLimit from '../../../checks/ec2/ec2-instance-imds-hop-limit.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const hops = (limit: number, tags = {}) => ({ ...instance, hopLimit: limit, tags });

cases(hopLimit, {
  pass: [
    { name: 'one hop', resource: hops(1), evidence: { hopLimit: 1, httpTokens: 'optional' } },
    { name: 'two hops where the params allow them', resource: hops(2), params: { maxHops: 2 } },
    { name: 'two hops on a node of EKS', resource: hops(2, { 'aws:eks:cluster-name': 'shop' }) },
    { name: 'two hops on a node of a managed node group', resource: hops(2, { 'eks:cluster-name': 'shop' }) },
    { name: 'two hops on a node of Kubernetes', resource: hops(2, { 'kubernetes.io/cluster/shop': 'owned' }) },
    { name: 'two hops on a host of ECS', resource: hops(2, { AmazonECSManaged: '' }) },
    {
      name: 'three hops on a container host where the params allow them',
      resource: hops(3, { 'eks:cluster-name': 'shop' }),
      params: { containerMaxHops: 3 },
    },
    {
      name: 'any number while the service is off',
      resource: { ...hops(64), httpEndpoint: 'disabled' },
      message: 'off',
      evidence: { httpEndpoint: 'disabled' },
    },
  ],
  fail: [
    {
      name: 'two hops',
      resource: hops(2),
      message: 'the hop limit is 2, where an instance needs 1',
      evidence: { hopLimit: 2, httpTokens: 'optional' },
    },
    { name: 'two hops without tags', resource: { ...instance, hopLimit: 2 } },
    { name: 'two hops, tokens required', resource: { ...hops(2), httpTokens: 'required' } },
    {
      name: 'three hops on a container host',
      resource: hops(3, { 'kubernetes.io/cluster/shop': 'owned' }),
      message: 'a container host needs 2',
    },
    {
      name: 'a tag that only resembles that of a cluster',
      resource: hops(2, { 'k8s.io/kubernetes.io/cluster/a': '' }),
    },
    { name: 'stopped', resource: { ...hops(2), state: 'stopped' } },
  ],
  skip: [
    { name: 'terminated', resource: { ...hops(2), state: 'terminated' }, message: 'terminated' },
    { name: 'shutting down', resource: { ...hops(2), state: 'shutting-down' } },
  ],
});
