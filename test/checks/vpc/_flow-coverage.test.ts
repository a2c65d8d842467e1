import { describe, expect, it } from 'vitest';
import { isCovered } from '../../../checks/vpc/_flow-coverage.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { flowLog, GAP, networkInterface, subnet } from './_network.ts';

const denied = table<never>([], GAP);
const subnets = table([subnet(), subnet({ id: 'subnet-2' })], undefined);
const interfaces = table([networkInterface()], undefined);
const logs = (...all: ReturnType<typeof flowLog>[]) => table(all, undefined);
const ofAll = ({ trafficType }: ReturnType<typeof flowLog>) => trafficType === 'ALL';

/** Flow logs of transit gateways have no type of traffic. */
function withoutType(resource: string) {
  return Object.defineProperty(flowLog({ id: 'fl-2', resource }), 'trafficType', {
    get() {
      throw new Unknown(GAP);
    },
  });
}

describe('the coverage of a VPC by flow logs', () => {
  it.each([
    ['its own, whatever else was not read', true, { flowLogs: logs(flowLog()), subnets: denied, interfaces: denied }],
    ['none at all, whatever else was not read', false, { flowLogs: logs(), subnets: denied, interfaces: denied }],
    ['none, and one of a transit gateway', false, { flowLogs: logs(withoutType('tgw-1')), subnets, interfaces }],
    [
      'its own, and one of a transit gateway',
      true,
      { flowLogs: logs(withoutType('tgw-1'), flowLog()), subnets, interfaces },
    ],
    [
      'those of its interfaces, where subnets were not read',
      true,
      { flowLogs: logs(flowLog({ resource: 'eni-1' })), subnets: denied, interfaces },
    ],
  ])('%s', (_name, covered, places) => {
    expect(isCovered('vpc-1', places, ofAll)).toBe(covered);
  });

  it.each([
    ['flow logs were not read', { flowLogs: denied, subnets, interfaces }],
    ['its own has no type of traffic', { flowLogs: logs(withoutType('vpc-1')), subnets, interfaces }],
    [
      'interfaces were not read, and one has a flow log',
      { flowLogs: logs(flowLog({ resource: 'eni-1' })), subnets, interfaces: denied },
    ],
  ])('is not known where %s', (_name, places) => {
    expect(attempt(() => isCovered('vpc-1', places, ofAll))).toEqual(new Unknown(GAP));
  });
});
