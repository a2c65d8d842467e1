import { expect, it } from 'vitest';
import blockPublicAccess from '../../../checks/vpc/vpc-block-public-access-enabled.ts';
import { cases } from '../../support/cases.ts';
import { ACCOUNT, OTHER_ACCOUNT } from './_network.ts';

const vpcs = { vpcs: [{ id: 'vpc-1', owner: ACCOUNT, isDefault: true }] };
const block = {
  id: 'eu-west-1',
  mode: 'block-ingress' as const,
  state: 'update-complete' as const,
  decidedBy: 'account' as const,
  exclusions: [],
};
const off = { ...block, mode: 'off' as const, state: 'default-state' as const };
const exclusion = (state: 'create-complete' | 'update-complete' | 'delete-complete' | 'create-in-progress') => ({
  resource: `arn:aws:ec2:eu-west-1:${ACCOUNT}:vpc/vpc-${state}`,
  state,
  mode: 'allow-bidirectional' as const,
});
const inForce = [exclusion('create-complete'), exclusion('update-complete')];

cases(blockPublicAccess, {
  pass: [
    {
      name: 'what comes in is blocked',
      resource: block,
      with: vpcs,
      message: /^internet gateways are blocked$/,
      evidence: { mode: 'block-ingress', decidedBy: 'account', exclusions: [] },
    },
    { name: 'both ways are blocked', resource: { ...block, mode: 'block-bidirectional' }, with: vpcs },
    {
      name: 'exclusions that are in force are named',
      resource: { ...block, exclusions: [...inForce, exclusion('delete-complete'), exclusion('create-in-progress')] },
      with: vpcs,
      evidence: { mode: 'block-ingress', decidedBy: 'account', exclusions: inForce },
    },
    {
      name: 'the organisation has set it',
      resource: { ...block, decidedBy: 'declarative-policy' },
      with: vpcs,
      message: 'as the organisation has set it',
    },
    { name: 'blocked, where it is only reported', resource: block, with: vpcs, params: { mode: 'report-only' } },
  ],
  fail: [
    {
      name: 'nobody has set it',
      resource: off,
      with: vpcs,
      severity: undefined,
      message: /^internet gateways are not blocked$/,
      evidence: { mode: 'off', state: 'default-state', decidedBy: 'account' },
    },
    { name: 'switched off', resource: { ...off, state: 'update-complete' }, with: vpcs },
    { name: 'off while it is updated', resource: { ...off, state: 'update-in-progress' }, with: vpcs },
    {
      name: 'the organisation has switched it off',
      resource: { ...off, decidedBy: 'declarative-policy' },
      with: vpcs,
      message: 'as the organisation has set it',
    },
    {
      name: 'one VPC of the account beside one of another',
      resource: off,
      with: { vpcs: [{ id: 'vpc-2', owner: OTHER_ACCOUNT, isDefault: false }, ...vpcs.vpcs] },
    },
  ],
  skip: [
    { name: 'no VPC', resource: off, with: { vpcs: [] } },
    {
      name: 'VPCs of others only',
      resource: off,
      with: { vpcs: [{ id: 'vpc-2', owner: OTHER_ACCOUNT, isDefault: false }] },
    },
    {
      name: 'off, where it is only reported',
      resource: off,
      with: vpcs,
      params: { mode: 'report-only' },
      message: 'only reported',
    },
  ],
  unknown: [
    {
      name: 'while it is updated',
      resource: { ...block, state: 'update-in-progress' },
      with: vpcs,
      message: 'block-ingress',
    },
  ],
});

it('enforces by default', () => {
  expect(blockPublicAccess.params).toEqual({ mode: 'enforce' });
});
