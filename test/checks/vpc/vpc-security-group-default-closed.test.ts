import { expect, it } from 'vitest';
import closed from '../../../checks/vpc/vpc-security-group-default-closed.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';
import { GAP, group, networkInterface, OTHER_ACCOUNT, rule } from './_network.ts';

const fromItself = rule({ protocol: '-1', fromPort: null, toPort: null, groups: ['sg-1'] });
const toAll = rule({ protocol: '-1', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] });
const byDefault = group([fromItself], { name: 'default', egress: [toAll] });
const elsewhere = networkInterface({ id: 'eni-2', groups: ['sg-2'] });

cases(closed, {
  pass: [{ name: 'no rules', resource: group([], { name: 'default' }), with: { interfaces: [networkInterface()] } }],
  fail: [
    {
      name: 'the rules that AWS creates it with, in use',
      resource: byDefault,
      with: { interfaces: [elsewhere, networkInterface()] },
      severity: 'high',
      message: 'it has 1 inbound and 1 outbound rules',
      evidence: { inbound: 1, outbound: 1 },
    },
    {
      name: 'in use in another VPC that the group is associated with',
      resource: byDefault,
      with: { interfaces: [networkInterface({ vpc: 'vpc-2' }), elsewhere] },
      severity: 'high',
    },
    {
      name: 'inbound rules alone, not in use',
      resource: group([fromItself], { name: 'default' }),
      with: { interfaces: [elsewhere] },
      severity: undefined,
      evidence: { inbound: 1, outbound: 0 },
    },
    {
      name: 'outbound rules alone',
      resource: group([], { name: 'default', egress: [toAll, toAll] }),
      with: { interfaces: [elsewhere] },
      severity: undefined,
      evidence: { inbound: 0, outbound: 2 },
    },
    {
      name: 'a VPC without network interfaces',
      resource: byDefault,
      with: { interfaces: [networkInterface({ vpc: 'vpc-2', groups: ['sg-2'] })] },
      severity: 'low',
    },
  ],
  skip: [
    { name: 'another group', resource: group([toAll]), with: { interfaces: [networkInterface()] } },
    {
      name: 'the default group of a VPC that is shared with the account',
      resource: { ...byDefault, owner: OTHER_ACCOUNT },
      with: { interfaces: [networkInterface()] },
    },
  ],
});

it('keeps its severity where the network interfaces were not read', () => {
  const context = { now: NOW, params: {}, variant: '', interfaces: table<never>([], GAP) };
  expect(closed.evaluate(byDefault, context)).toEqual({
    status: 'FAIL',
    message: 'it has 1 inbound and 1 outbound rules; how network interfaces use it is not known',
    evidence: { inbound: 1, outbound: 1 },
  });
});
