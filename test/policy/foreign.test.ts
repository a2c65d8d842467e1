import { describe, expect, it } from 'vitest';
import type { Gap } from '../../lib/core/model.ts';
import { table } from '../../lib/core/table.ts';
import { attempt, Unknown } from '../../lib/core/view.ts';
import { strangers } from '../../lib/policy/foreign.ts';

const GAP: Gap = { reason: 'denied', operation: 'organizations:ListAccounts', detail: 'access denied' };
const [OWN, MEMBER, FRIEND, STRANGER] = ['111122223333', '777788889999', '222233334444', '444455556666'];
const members = [{ id: OWN }, { id: MEMBER }];

describe('strangers', () => {
  it.each<[string, string[], string[]]>([
    ['nobody', [], []],
    ['a member', [MEMBER], []],
    ['one that is trusted', [FRIEND], []],
    ['neither', [STRANGER, MEMBER, FRIEND], [STRANGER]],
  ])('%s', (_name, accounts, expected) => {
    expect(strangers(accounts, { accounts: [FRIEND], members: table(members, undefined) })).toEqual(expected);
  });

  it('asks for members only where trust does not decide', () => {
    expect(strangers([FRIEND], { accounts: [FRIEND], members: table<{ id: string }>([], GAP) })).toEqual([]);
  });

  it('is unknown where members may not be listed', () => {
    const unknown = attempt(() => strangers([STRANGER], { accounts: [], members: table<{ id: string }>([], GAP) }));
    expect(unknown).toBeInstanceOf(Unknown);
  });
});
