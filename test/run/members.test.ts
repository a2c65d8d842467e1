import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { sessionFor } from '../../lib/aws/clients.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import { type AccountRules, membersOf } from '../../lib/run/members.ts';
import { type Emulator, startEmulator } from '../emulator/server.ts';
import { ACCOUNT } from '../support/inventory.ts';
import { useEmulator } from '../support/audited.ts';

const SANDBOX = '444455556666';
const LOGS = '222233334444';
const WORKLOADS = 'ou-h4rb-7m1qworkload';
const ROOT = 'r-h4rb';

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
  useEmulator(emulator);
});
beforeEach(() => emulator.setProfile({}));
afterAll(() => emulator.close());

function members(rules?: AccountRules, needsUnits?: boolean, account = ACCOUNT) {
  const credentials = async () => ({ accessKeyId: `AKIA${account}TEST`, secretAccessKey: 'emulated' });
  return membersOf(sessionFor({ credentials, counts: callCounts() }), { account, partition: 'aws' }, rules, needsUnits);
}
const ids = async (...options: Parameters<typeof members>) => (await members(...options)).map(({ account }) => account);

describe('the accounts of a run', () => {
  it('are those of the organization that are active, with their names', async () => {
    expect(await members()).toEqual([
      { account: ACCOUNT, name: 'harbour-production' },
      { account: LOGS, name: 'harbour-log-archive' },
      { account: SANDBOX, name: 'harbour-sandbox' },
    ]);
  });

  it.each<[string, AccountRules, readonly string[]]>([
    ['by id', { include: [LOGS] }, [LOGS]],
    ['without one', { exclude: [LOGS] }, [ACCOUNT, SANDBOX]],
    ['below a unit, at any depth', { include: [WORKLOADS] }, [SANDBOX]],
    ['below the root', { include: [ROOT] }, [ACCOUNT, LOGS, SANDBOX]],
    ['outside a unit', { exclude: [WORKLOADS] }, [ACCOUNT, LOGS]],
    [
      'below a unit and by id, without another',
      { include: [WORKLOADS, LOGS, ACCOUNT], exclude: [ACCOUNT] },
      [LOGS, SANDBOX],
    ],
    ['by tag', { tags: { stage: 'sandbox' } }, [SANDBOX]],
  ])('are chosen %s', async (_name, rules, expected) => expect(await ids(rules)).toEqual(expected));

  it('have their units where somebody is to answer for those', async () => {
    expect((await members({}, true)).find(({ account }) => account === SANDBOX)!.units).toEqual([
      'ou-h4rb-9ze3sandboxes',
      WORKLOADS,
      ROOT,
    ]);
  });

  it('are asked for in pages, and not one by one', async () => {
    emulator.setProfile({ pageSizes: { 'organizations:ListAccounts': 1 } });
    const before = emulator.requests.length;
    expect(await ids()).toHaveLength(3);
    expect(emulator.requests.slice(before).map(({ operation }) => operation)).toEqual(Array(4).fill('ListAccounts'));
  });

  it('must be some', async () => {
    await expect(members({ include: ['999999999999'] })).rejects.toThrow(
      '`accounts` in the configuration chooses no account',
    );
  });

  it.each(['organizations:ListAccounts', 'organizations:ListRoots', 'organizations:ListAccountsForParent'])(
    'cannot be guessed where %s is denied',
    async (action) => {
      emulator.setProfile({ deny: [action] });
      const rules = action === 'organizations:ListAccounts' ? {} : { include: [WORKLOADS] };
      await expect(members(rules)).rejects.toThrow(
        /cannot list the accounts of its organization \(organizations:List\w+: access denied\): run in the management account, or register/,
      );
    },
  );

  it('are not shown to a member', async () => {
    await expect(members({}, false, SANDBOX)).rejects.toThrow(`account ${SANDBOX} cannot list the accounts`);
  });
});

it('an account without an organization is its own', async () => {
  const alone = await startEmulator({ world: { accounts: { '999988887777': {} } } });
  useEmulator(alone);
  expect(await members({}, false, '999988887777')).toEqual([{ account: '999988887777' }]);
  expect(await members({}, true, '999988887777')).toEqual([{ account: '999988887777' }]);
  await alone.close();
  useEmulator(emulator);
});
