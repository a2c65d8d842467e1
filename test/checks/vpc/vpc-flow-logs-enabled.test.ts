import { expect, it } from 'vitest';
import flowLogs from '../../../checks/vpc/vpc-flow-logs-enabled.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';
import { ACCOUNT, flowLog, GAP, identified, networkInterface, OTHER_ACCOUNT, subnet } from './_network.ts';

const vpc = { id: 'vpc-1', owner: ACCOUNT, isDefault: false };
const subnets = [subnet(), subnet({ id: 'subnet-2' }), subnet({ id: 'subnet-of-others', vpc: 'vpc-2' })];
const interfaces = [networkInterface(), networkInterface({ id: 'eni-2', subnet: 'subnet-2' })];
const inUse = { subnets, interfaces };
const logged = (...logs: ReturnType<typeof flowLog>[]) => ({ ...inUse, flowLogs: logs });

const broken = flowLog({ delivery: 'FAILED', deliveryError: 'Access error' });
const throttled = flowLog({ delivery: 'FAILED', deliveryError: 'Rate limited' });
const described = ({ id, status, trafficType, delivery, deliveryError }: ReturnType<typeof flowLog>) => {
  return { id, status, trafficType, delivery, deliveryError };
};
const accepted = flowLog({ trafficType: 'ACCEPT' });

cases(flowLogs, {
  pass: [
    { name: 'all traffic of the VPC', resource: vpc, with: logged(flowLog()), message: 'REJECT or ALL' },
    { name: 'rejected traffic of the VPC', resource: vpc, with: logged(flowLog({ trafficType: 'REJECT' })) },
    { name: 'one that works beside one that does not', resource: vpc, with: logged(broken, flowLog({ id: 'fl-2' })) },
    {
      name: 'each subnet',
      resource: vpc,
      with: logged(flowLog({ resource: 'subnet-1' }), flowLog({ id: 'fl-2', resource: 'subnet-2' })),
    },
    {
      name: 'each network interface, by its own or its subnet',
      resource: vpc,
      with: logged(flowLog({ resource: 'eni-1' }), flowLog({ id: 'fl-2', resource: 'subnet-2' })),
    },
    {
      name: 'a transit gateway has one too',
      resource: vpc,
      with: logged(flowLog({ id: 'fl-2', resource: 'tgw-1' }), flowLog()),
    },
    {
      name: 'accepted traffic, where that is enough',
      resource: vpc,
      with: logged(accepted),
      params: { trafficTypes: ['ACCEPT'] },
    },
    { name: 'an empty VPC', resource: vpc, with: { flowLogs: [flowLog()], subnets: [], interfaces: [] } },
  ],
  fail: [
    {
      name: 'none',
      resource: vpc,
      with: logged(),
      severity: undefined,
      evidence: { trafficTypes: ['REJECT', 'ALL'], logs: [] },
    },
    {
      name: 'accepted traffic only',
      resource: vpc,
      with: logged(accepted),
      evidence: { trafficTypes: ['REJECT', 'ALL'], logs: [described(accepted)] },
    },
    {
      name: 'delivery fails',
      resource: vpc,
      with: logged(broken),
      severity: undefined,
      evidence: { trafficTypes: ['REJECT', 'ALL'], logs: [described(broken)] },
    },
    { name: 'not active', resource: vpc, with: logged(flowLog({ status: 'INACTIVE' })) },
    { name: 'of another VPC', resource: vpc, with: logged(flowLog({ resource: 'vpc-2' })) },
    { name: 'of a transit gateway only', resource: vpc, with: logged(flowLog({ resource: 'tgw-1' })) },
    { name: 'one of two subnets', resource: vpc, with: logged(flowLog({ resource: 'subnet-1' })), severity: undefined },
    { name: 'one of two network interfaces', resource: vpc, with: logged(flowLog({ resource: 'eni-2' })) },
    {
      name: 'each subnet, of which one accepts only',
      resource: vpc,
      with: logged(
        flowLog({ resource: 'subnet-1' }),
        flowLog({ id: 'fl-2', resource: 'subnet-2', trafficType: 'ACCEPT' }),
      ),
    },
    {
      name: 'all traffic, where rejected is asked for',
      resource: vpc,
      with: logged(flowLog()),
      params: { trafficTypes: ['REJECT'] },
    },
    {
      name: 'delivery is throttled',
      resource: vpc,
      with: logged(throttled),
      severity: 'low',
      message: 'throttled',
    },
    {
      name: 'delivery is throttled for one of two subnets',
      resource: vpc,
      with: logged(flowLog({ resource: 'subnet-1' }), { ...throttled, id: 'fl-2', resource: 'subnet-2' }),
      severity: 'low',
    },
    {
      name: 'throttled, and accepted traffic only',
      resource: vpc,
      with: logged({ ...throttled, trafficType: 'ACCEPT' }),
      severity: undefined,
    },
    {
      name: 'no network interface',
      resource: vpc,
      with: { flowLogs: [], subnets, interfaces: [networkInterface({ vpc: 'vpc-2' })] },
      severity: 'low',
      message: 'no network interface',
    },
    {
      name: 'no subnet, so none that is covered',
      resource: vpc,
      with: { flowLogs: [flowLog({ resource: 'vpc-2' })], subnets: [], interfaces: [] },
      severity: 'low',
    },
  ],
  skip: [{ name: 'a VPC of another account', resource: { ...vpc, owner: OTHER_ACCOUNT }, with: logged() }],
});

it.each([
  ['no flow log', []],
  ['a flow log of a subnet whose delivery is throttled', [{ ...throttled, resource: 'subnet-1' }]],
])('keeps its severity with %s, where subnets and network interfaces were not read', (_name, logs) => {
  const denied = table<never>([], GAP);
  const places = { flowLogs: table(logs, undefined), subnets: denied, interfaces: denied };
  const context = { now: NOW, params: flowLogs.params, variant: '', ...places };
  const verdict = flowLogs.evaluate(
    { ...identified('AWS::EC2::VPC', 'vpc-1'), owner: ACCOUNT, isDefault: false },
    context,
  );
  expect(verdict.status).toBe('FAIL');
  expect(verdict.severity).toBeUndefined();
});
