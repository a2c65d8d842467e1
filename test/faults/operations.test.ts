import { beforeAll, describe, expect, it } from 'vitest';
import { resources } from '../../checks/resources.ts';
import { actionsFor, selectionOf } from '../../lib/aws/permissions.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { StoredFinding } from '../../lib/run/model.ts';
import { iamActionOf } from '../emulator/actions.ts';
import type { Fault } from '../emulator/profile.ts';
import { checks } from '../support/audited.ts';
import { AT_ONCE, byId, compared, faulty, isAll, oneRegion, silenced } from './_kit.ts';

/** What an endpoint may say in place of an answer. */
const FAULTS: Readonly<Record<string, Pick<Fault, 'kind' | 'status'>>> = {
  'an error 500': { kind: 'status', status: 500 },
  'an error 400': { kind: 'status', status: 400 },
  'a page of a proxy': { kind: 'html', status: 502 },
  'a page that is called an answer': { kind: 'html', status: 200 },
  'an empty body': { kind: 'empty' },
  'half an answer': { kind: 'truncated' },
  garbage: { kind: 'garbage' },
  'a broken connection': { kind: 'reset' },
};

const kit = faulty();
let before: ReadonlyMap<string, StoredFinding>;
let operations: readonly string[];
beforeAll(async () => {
  kit.aws.setProfile(AT_ONCE);
  before = byId(await oneRegion());
  operations = Object.keys(kit.aws.stats().calls).filter((operation) => checksOn(operation).length > 0);
});

/** The checks that need an operation: of others, nothing can change. */
function checksOn(operation: string): readonly AnyCheck[] {
  const [service, name] = operation.split(':') as [string, string];
  const action = iamActionOf(service, name);
  return checks.filter((check) => actionsFor(selectionOf([check]), resources).includes(action));
}

/** What a fault on an operation did against the laws, and how many answers it cost. */
async function struck(operation: string, fault: (typeof FAULTS)[string]): Promise<{ wrong: string[]; lost: number }> {
  const [service, name] = operation.split(':') as [string, string];
  kit.aws.setProfile({ ...AT_ONCE, faults: [{ service, operation: name, ...fault }] });
  const own = checksOn(operation);
  const after = await oneRegion({ checks: own });
  const { wrong, lost } = compared(before, after);
  return { wrong: [...wrong, ...silenced(before, after, own)], lost };
}

describe('an operation that answers with', () => {
  it('each of these has checks that need it', () => expect(operations.length).toBeGreaterThan(80));

  // Each operation with one fault, each fault with many operations; or all of all.
  it.each(Object.entries(FAULTS))(
    '%s costs what it tells of, and nothing else',
    { timeout: 1_800_000 },
    async (name, fault) => {
      const index = Object.keys(FAULTS).indexOf(name);
      const share = operations.filter((_, at) => isAll || at % Object.keys(FAULTS).length === index);
      const offences: string[] = [];
      let noticed = 0;
      for (const operation of share) {
        const { wrong, lost } = await struck(operation, fault);
        offences.push(...wrong.map((offence) => `${operation}: ${offence}`));
        noticed += Math.sign(lost);
      }
      expect(offences).toEqual([]);
      // Some operations only spare others, or decide nothing in the example account.
      expect(noticed).toBeGreaterThan(share.length * 0.8);
    },
  );
});
