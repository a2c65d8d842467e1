import { expect, it } from 'vitest';
import { bySeverity, isAtLeast } from '../../lib/core/severity.ts';

it.each([
  ['critical', 'high', true],
  ['high', 'high', true],
  ['medium', 'high', false],
  ['informational', 'informational', true],
] as const)('%s is at least %s: %s', (severity, threshold, expected) =>
  expect(isAtLeast(severity, threshold)).toBe(expected),
);

it('orders worst first', () =>
  expect(
    [{ severity: 'low' }, { severity: 'critical' }, { severity: 'medium' }]
      .toSorted(bySeverity as never)
      .map(({ severity }) => severity),
  ).toEqual(['critical', 'medium', 'low']));
