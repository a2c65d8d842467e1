import supported from '../../../checks/rds/rds-engine-version-supported.ts';
import { cases } from '../../support/cases.ts';
import { cluster, instance, NOT_JUDGED } from './_fixtures.ts';

const inDays = (days: number) => new Date(Date.UTC(2026, 0, 1) + days * 86_400_000).toISOString();
const facets = (status: string | null, standardSupportEnds: string | null = inDays(1000)) => ({
  release: { status, rotatesCertificates: true, exportsLogs: true },
  lifecycle: { standardSupportEnds },
});
const available = (days: number) => ({ ...instance(), ...facets('available', inDays(days)) });

cases(supported, {
  pass: [
    {
      name: 'available and in standard support',
      resource: available(1000),
      message: `in standard support until ${inDays(1000)}`,
      evidence: {
        engine: 'postgres',
        engineVersion: '16.4',
        status: 'available',
        standardSupportEnds: inDays(1000),
      },
    },
    { name: 'for exactly 180 days', resource: available(180) },
    { name: 'a shorter warning', resource: available(100), params: { warnDays: 100 } },
    { name: 'a cluster', resource: { ...cluster(), ...facets('available') } },
    {
      name: 'an engine without such dates',
      resource: { ...instance({ engine: 'oracle-ee' }), ...facets('available'), lifecycle: null },
      message: 'oracle-ee 16.4 is available',
    },
  ],
  fail: [
    {
      name: 'deprecated',
      resource: { ...instance({ engineVersion: '12.3' }), ...facets('deprecated') },
      message: 'postgres 12.3 is deprecated',
      evidence: { engine: 'postgres', engineVersion: '12.3', status: 'deprecated' },
      severity: undefined,
    },
    {
      name: 'not listed any more',
      resource: { ...instance({ engineVersion: '9.3.1' }), ...facets(null) },
      message: 'AWS lists no postgres 9.3.1 any more',
    },
    {
      name: 'standard support ended just now',
      resource: available(0),
      message: `standard support ended at ${inDays(0)}`,
      severity: undefined,
    },
    { name: 'standard support ended long ago', resource: available(-700), severity: undefined },
    {
      name: 'standard support ends within 180 days',
      resource: available(179.9),
      severity: 'low',
      message: 'it ends soon',
    },
    { name: 'standard support ends within the hour', resource: available(0.01), severity: 'low' },
    { name: 'a cluster', resource: { ...cluster(), ...facets('available', inDays(-1)) } },
    {
      name: 'Oracle, deprecated',
      resource: { ...instance({ engine: 'oracle-ee' }), ...facets('deprecated'), lifecycle: null },
    },
  ],
  skip: [
    ...NOT_JUDGED.map(([name, change, message]) => ({
      name,
      resource: { ...instance(change), release: null, lifecycle: null },
      message,
    })),
    {
      name: 'a member, whose version its cluster manages',
      resource: { ...instance({ cluster: 'orders' }), ...facets('deprecated') },
      message: 'judged at its cluster',
    },
    {
      name: 'RDS Custom',
      resource: { ...instance({ engine: 'custom-oracle-ee' }), release: null, lifecycle: null },
      message: 'RDS Custom',
    },
  ],
  unknown: [
    {
      name: 'AWS tells no date',
      resource: { ...instance(), ...facets('available', null) },
      message: 'no end of standard support of postgres 16.4',
    },
  ],
});
