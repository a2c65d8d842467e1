import monitoring from '../../../checks/rds/rds-enhanced-monitoring-enabled.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const role = 'arn:aws:iam::111122223333:role/rds-monitoring';
const off = { monitoringInterval: 0, monitoringRole: null };
const member = instance({ ...off, cluster: 'orders' });
const clusters = (change: Parameters<typeof cluster>[0]) => ({
  clusters: [{ ...cluster(change), id: 'orders', arn: 'arn:cluster' }],
});

cases(monitoring, {
  pass: [
    {
      name: 'every minute',
      resource: instance(),
      message: 'every 60 seconds',
      evidence: { setBy: 'arn:aws:test:::id', monitoringInterval: 60, monitoringRole: role },
    },
    { name: 'every second', resource: instance({ monitoringInterval: 1 }), message: 'every 1 seconds' },
    {
      name: 'a member with a setting of its own',
      resource: instance({ cluster: 'orders' }),
      with: clusters({ monitoringInterval: 0 }),
    },
    {
      name: 'a member that inherits it',
      resource: member,
      with: clusters({ monitoringInterval: 30, monitoringRole: role }),
      message: 'every 30 seconds',
      evidence: { setBy: 'arn:cluster', monitoringInterval: 30, monitoringRole: role },
    },
  ],
  fail: [
    {
      name: 'off',
      resource: instance(off),
      message: 'monitoring is off',
      evidence: { setBy: 'arn:aws:test:::id', ...off },
    },
    {
      name: 'without a role nothing arrives',
      resource: instance({ monitoringRole: null }),
      message: 'no role delivers the figures',
    },
    { name: 'off at the cluster as well', resource: member, with: clusters(off), message: 'monitoring is off' },
    {
      name: 'a cluster without a role',
      resource: member,
      with: clusters({ monitoringInterval: 30, monitoringRole: null }),
      message: 'no role',
    },
  ],
  skip: NOT_JUDGED.map(([name, change, message]) => ({ name, resource: instance({ ...off, ...change }), message })),
  unknown: [{ name: 'a member whose cluster is not there', resource: member, with: { clusters: [] } }],
});
