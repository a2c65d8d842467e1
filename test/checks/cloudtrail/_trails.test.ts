import { expect, it } from 'vitest';
import { satisfiedBy } from '../../../checks/cloudtrail/_trails.ts';
import type { Gap } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';

const GAP: Gap = { reason: 'denied', operation: 'cloudtrail:ListTrails', detail: 'access denied' };
const own = { id: 'own', owner: '111122223333', account: '111122223333' };
const inherited = { ...own, id: 'org', owner: '444455556666' };
const any = () => true;

it.each([
  [[own, inherited], undefined, "a trail of the account's own"],
  [[inherited], undefined, 'the organisation trail org of account 444455556666'],
  [[inherited], GAP, 'the organisation trail'],
  [[own], GAP, "a trail of the account's own"],
  [[], undefined, null],
])('%# is named as well as it is known', (rows, gap, words) => {
  expect(satisfiedBy(table(rows, gap), any)).toBe(words);
});

it('trails that cannot be listed satisfy nothing, and fail nothing', () => {
  expect(attempt(() => satisfiedBy(table([own], GAP), () => false))).toEqual(new Unknown(GAP));
});
