import { describe, expect, it } from 'vitest';
import type { NetworkAclEntry, Rule } from '../../lib/network/model.ts';
import { publicSubnetsIn, surroundingsIn } from '../../lib/network/tables.ts';
import { table as rowsOf } from '../../lib/core/table.ts';
import { entry, LOCAL, route, rule, subnet, table, TO_INTERNET, TO_INTERNET_IPV6, unknownOf } from './_build.ts';

const GAP = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' } as const;
const routing = {
  subnets: rowsOf([subnet(), subnet({ id: 'subnet-2' }), subnet({ id: 'subnet-3' })], undefined),
  routeTables: rowsOf(
    [
      table({ routes: [LOCAL, TO_INTERNET] }),
      table({ id: 'rtb-2', subnets: ['subnet-2'], routes: [TO_INTERNET_IPV6] }),
      table({ id: 'rtb-3', subnets: [], main: true, routes: [LOCAL] }),
    ],
    undefined,
  ),
  prefixLists: rowsOf<{ id: string; entries: string[] }>([], undefined),
};

describe('publicSubnetsIn', () => {
  const ids = ['subnet-1', 'subnet-2', 'subnet-3'];
  it('are the subnets that an internet gateway serves, of either family or of one', () => {
    expect(publicSubnetsIn(ids, routing)).toEqual(['subnet-1', 'subnet-2']);
    expect(publicSubnetsIn(ids, routing, ['IPv4'])).toEqual(['subnet-1']);
    expect(publicSubnetsIn(ids, routing, ['IPv6'])).toEqual(['subnet-2']);
    expect(publicSubnetsIn([], routing)).toEqual([]);
  });

  it('are what is known of them, and unknown when none is', () => {
    expect(publicSubnetsIn(['subnet-9', 'subnet-1'], routing)).toEqual(['subnet-1']);
    expect(unknownOf(() => publicSubnetsIn(['subnet-3', 'subnet-9'], routing))).toContain('subnet subnet-9');
    const unrouted = { ...routing, routeTables: rowsOf<ReturnType<typeof table>>([], undefined) };
    expect(unknownOf(() => publicSubnetsIn(['subnet-1'], unrouted))).toContain('the route table of subnet subnet-1');
    const denied = { ...routing, routeTables: rowsOf<ReturnType<typeof table>>([], GAP) };
    expect(unknownOf(() => publicSubnetsIn(['subnet-1'], denied))).toBe('access denied');
  });

  it('are unknown where a prefix list decides that cannot be seen', () => {
    const listed = { ...routing, routeTables: rowsOf([table({ routes: [route({ prefixList: 'pl-1' })] })], undefined) };
    expect(unknownOf(() => publicSubnetsIn(['subnet-1'], listed))).toContain('prefix list pl-1');
  });
});

describe('surroundingsIn', () => {
  const acl = (id: string, subnets: string[], entries: NetworkAclEntry[]) => ({ id, subnets, entries });
  const group = (id: string, ingress: Rule[]) => ({ id, ingress });
  const around = surroundingsIn({
    ...routing,
    networkAcls: rowsOf([acl('acl-1', ['subnet-2'], []), acl('acl-2', ['subnet-1'], [entry()])], undefined),
    securityGroups: rowsOf([group('sg-1', [rule()])], undefined),
  });

  it('finds the network ACL of a subnet and the rules of a group', () => {
    expect(around.aclEntries('subnet-1')).toEqual([entry()]);
    expect(around.aclEntries('subnet-9')).toBeUndefined();
    expect(around.rules('sg-1')).toEqual([rule()]);
    expect(around.rules('sg-9')).toBeUndefined();
  });
});
