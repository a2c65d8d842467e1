import { describe, expect, it } from 'vitest';
import { exposureOf, rateUse, useOf } from '../../../checks/vpc/_group-use.ts';
import { fail } from '../../../lib/core/check.ts';
import { table } from '../../../lib/core/table.ts';
import { GAP, group, networkInterface, routeTable, subnet, TO_INTERNET } from './_network.ts';

const none = table<never>([], undefined);
const denied = table<never>([], GAP);
const network = {
  interfaces: table([networkInterface()], undefined),
  subnets: table([subnet()], undefined),
  routeTables: table([routeTable([TO_INTERNET])], undefined),
  prefixLists: none,
};

describe('the use of a group', () => {
  it.each([
    ['attached', 'an interface uses it', network.interfaces],
    ['attached', 'an interface uses it, and others were not read', table([networkInterface()], GAP)],
    ['unattached', 'no interface uses it', none],
    ['unknown', 'the interfaces were not read', denied],
  ])('is %s where %s', (use, _name, interfaces) => {
    expect(useOf(group([]), interfaces)).toBe(use);
  });

  it.each([
    ['public', 'an interface is exposed', {}],
    [
      'private',
      'no interface has a public address',
      { interfaces: table([networkInterface({ publicIps: [] })], undefined) },
    ],
    ['unattached', 'no interface uses it', { interfaces: none }],
    ['unknown', 'the interfaces were not read', { interfaces: denied }],
    ['unknown', 'the subnets were not read', { subnets: denied }],
    ['unknown', 'the route tables were not read', { routeTables: denied }],
    [
      'unknown',
      'an address is odd',
      { interfaces: table([networkInterface({ publicIps: [], ipv6Addresses: ['odd'] })], undefined) },
    ],
  ])('is %s to the internet where %s', (exposure, _name, change) => {
    expect(exposureOf(group([]), { ...network, ...change })).toBe(exposure);
  });

  it('that is not known keeps the severity of the check, and is told', () => {
    expect(rateUse('unknown', { unattached: 'low', attached: 'low', private: 'low' }, fail('open'))).toEqual({
      status: 'FAIL',
      message: 'open; how network interfaces use it is not known',
    });
  });

  it.each(['public', 'attached'] as const)(
    'that is %s keeps the severity of the check unless the ladder names it',
    (use) => {
      expect(rateUse(use, { unattached: 'low', private: 'low' }, fail('open'))).toEqual(fail('open'));
    },
  );
});
