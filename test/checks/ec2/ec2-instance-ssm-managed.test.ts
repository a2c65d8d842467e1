import managed from '../../../checks/ec2/ec2-instance-ssm-managed.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const agent = (pingStatus: 'Online' | 'ConnectionLost' | 'Inactive', id = 'id') => ({
  managedInstances: [{ id, pingStatus, lastPing: '2025-12-01T00:00:00.000Z' }],
});
const started = (launchTime: string) => ({ ...instance, launchTime });

cases(managed, {
  pass: [
    { name: 'online', resource: instance, with: agent('Online'), evidence: { pingStatus: 'Online' } },
    { name: 'online, and tagged otherwise', resource: { ...instance, tags: { OS: 'al2023' } }, with: agent('Online') },
  ],
  fail: [
    { name: 'no agent', resource: instance, message: 'no agent is registered' },
    { name: 'the agents of others', resource: instance, with: agent('Online', 'mi-0123456789abcdef0') },
    {
      name: 'the connection is lost',
      resource: instance,
      with: agent('ConnectionLost'),
      message: 'ConnectionLost',
      evidence: { pingStatus: 'ConnectionLost', lastPing: '2025-12-01T00:00:00.000Z' },
    },
    { name: 'inactive', resource: instance, with: agent('Inactive') },
    { name: 'just after the time of grace', resource: started('2025-12-31T23:29:59.000Z') },
    {
      name: 'after another time of grace',
      resource: started('2025-12-31T23:50:00.000Z'),
      params: { graceMinutes: 9 },
    },
  ],
  skip: [
    { name: 'at the end of the time of grace', resource: started('2025-12-31T23:30:00.000Z'), message: '30 minutes' },
    { name: 'just started', resource: started('2025-12-31T23:59:00.000Z') },
    { name: 'pending', resource: { ...instance, state: 'pending' } },
    { name: 'stopping', resource: { ...instance, state: 'stopping' } },
    { name: 'stopped', resource: { ...instance, state: 'stopped' }, message: 'stopped' },
    { name: 'terminated', resource: { ...instance, state: 'terminated' } },
    {
      name: 'exempt by its tags',
      resource: { ...instance, tags: { OS: 'bottlerocket' } },
      params: { exemptTags: { OS: ['bottlerocket'] } },
      message: 'the tag OS',
    },
  ],
});
