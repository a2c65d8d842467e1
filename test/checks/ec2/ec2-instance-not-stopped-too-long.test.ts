import notStopped from '../../../checks/ec2/ec2-instance-not-stopped-too-long.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const stopped = (stateTransitionReason: string, launchTime = '2025-01-01T00:00:00.000Z') => ({
  ...instance,
  state: 'stopped' as const,
  stateTransitionReason,
  launchTime,
});

cases(notStopped, {
  pass: [
    { name: 'running', resource: instance, message: 'running', evidence: { state: 'running' } },
    { name: 'stopping', resource: { ...stopped('User initiated'), state: 'stopping' } },
    {
      name: 'at the limit: 30 days ago',
      resource: stopped('User initiated (2025-12-02 00:00:00 GMT)'),
      evidence: { stopped: '2025-12-02T00:00:00Z', launchTime: '2025-01-01T00:00:00.000Z' },
    },
    {
      name: 'within another limit',
      resource: stopped('User initiated (2025-10-01 00:00:00 GMT)'),
      params: { maxStoppedDays: 100 },
    },
    {
      name: 'no date, but started within the limit',
      resource: stopped('Server.SpotInstanceShutdown', '2025-12-02T00:00:00.000Z'),
      message: 'at most 30 days ago',
    },
  ],
  fail: [
    {
      name: 'just beyond the limit',
      resource: stopped('User initiated (2025-12-01 23:59:59 GMT)'),
      message: 'stopped 30 days ago',
      evidence: { stopped: '2025-12-01T23:59:59Z', launchTime: '2025-01-01T00:00:00.000Z' },
    },
    { name: 'hibernated', resource: stopped('User initiated hibernate (2025-10-01 10:20:30 GMT)') },
    {
      name: 'beyond another limit',
      resource: stopped('User initiated (2025-12-25 00:00:00 GMT)'),
      params: { maxStoppedDays: 5 },
    },
  ],
  skip: [{ name: 'terminated', resource: { ...stopped(''), state: 'terminated' }, message: 'terminated' }],
  unknown: [
    {
      name: 'no date, started just beyond the limit',
      resource: stopped('Server.ScheduledStop', '2025-12-01T23:59:59.000Z'),
      message: 'last started 30 days ago',
    },
    { name: 'no reason', resource: stopped('') },
    { name: 'a date of another form', resource: stopped('User initiated (01.10.2025 10:20 CET)') },
    { name: 'a date that is not at the end', resource: stopped('User initiated (2025-10-01 10:20:30 GMT), again') },
  ],
});
