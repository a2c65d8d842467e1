import { expect, it } from 'vitest';
import multiRegion from '../../../checks/cloudtrail/cloudtrail-multi-region-trail-enabled.ts';
import type { Gap } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { cases } from '../../support/cases.ts';
import { described, INHERITED, TRAIL } from './_trail.ts';

const account = { regions: { home: 'us-east-1', enabled: ['eu-west-1', 'us-east-1'] } };
const stopped = { ...TRAIL, status: { isLogging: false } };
const single = (region: string, difference: object = {}) => ({
  ...described({ isMultiRegionTrail: false }),
  arn: `arn:aws:cloudtrail:${region}:111122223333:trail/trail`,
  region,
  ...difference,
});
const NO_GLOBAL = {
  description: described({ isMultiRegionTrail: false, includeGlobalServiceEvents: false }).description,
};
const params = { perRegionFallback: true };

cases(multiRegion, {
  pass: [
    { name: 'a multi-Region trail', resource: account, with: { trails: [TRAIL] }, message: 'multi-Region' },
    { name: "the organization's trail", resource: account, with: { trails: [{ ...TRAIL, ...INHERITED }] } },
    { name: 'a stopped one beside it', resource: account, with: { trails: [stopped, { ...TRAIL, ...INHERITED }] } },
    {
      name: 'trails of each region, where that is enough',
      resource: account,
      with: { trails: [single('eu-west-1'), single('us-east-1')] },
      params,
      message: 'each region',
    },
    {
      name: 'global services are recorded in the home region alone',
      resource: account,
      with: {
        trails: [
          single(
            'eu-west-1',
            described({ isMultiRegionTrail: false, includeGlobalServiceEvents: false }).description && NO_GLOBAL,
          ),
          single('us-east-1'),
        ],
      },
      params,
    },
    {
      name: 'several trails of the home region, one of which records global services',
      resource: account,
      with: {
        trails: [
          single('eu-west-1'),
          single('us-east-1', {
            arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/first',
            ...NO_GLOBAL,
          }),
          single('us-east-1'),
        ],
      },
      params,
    },
  ],
  fail: [
    { name: 'no trail', resource: account, message: 'there is no trail', evidence: { trails: [] } },
    {
      name: 'a stopped trail: only its status tells',
      resource: account,
      with: { trails: [stopped] },
      message: 'no multi-Region trail is logging',
      evidence: { trails: [TRAIL.arn] },
    },
    {
      name: 'without global services',
      resource: account,
      with: { trails: [described({ includeGlobalServiceEvents: false })] },
    },
    { name: 'of a single region', resource: account, with: { trails: [single('us-east-1')] } },
    {
      name: 'trails of each region, where that is not enough',
      resource: account,
      with: { trails: [single('eu-west-1'), single('us-east-1')] },
    },
    { name: 'a region without a trail', resource: account, with: { trails: [single('us-east-1')] }, params },
    {
      name: 'a region with a stopped trail',
      resource: account,
      with: { trails: [single('us-east-1'), single('eu-west-1', { status: { isLogging: false } })] },
      params,
    },
    {
      name: 'no global services in the home region',
      resource: account,
      with: {
        trails: [single('eu-west-1'), single('us-east-1', NO_GLOBAL)],
      },
      params,
    },
    {
      name: 'global services in the home region, by a trail that is stopped',
      resource: account,
      with: {
        trails: [
          single('eu-west-1'),
          single('us-east-1', { status: { isLogging: false } }),
          single('us-east-1', {
            arn: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/second',
            ...NO_GLOBAL,
          }),
        ],
      },
      params,
    },
  ],
});

const judge = (trails: object) =>
  attempt(() => multiRegion.evaluate(account as never, { params: { perRegionFallback: false }, trails } as never));

it('a region that cannot be asked does not turn the account into "no trail"', () => {
  const gap: Gap = {
    reason: 'blocked',
    operation: 'cloudtrail:ListTrails',
    detail: 'denied by an organisation policy',
  };
  expect(judge(table([], gap))).toEqual(new Unknown(gap));
  expect(judge(table([TRAIL], gap))).toMatchObject({ status: 'PASS' });
});
