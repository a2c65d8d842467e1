import { expect, it } from 'vitest';
import { ageInDays, ageInMinutes } from '../../lib/core/time.ts';

const now = new Date('2026-01-01T00:00:00Z');

it.each([
  ['2026-01-01T00:00:00Z', 0],
  ['2025-12-31T00:00:00Z', 1],
  ['2025-12-31T12:00:00.000Z', 0.5],
  ['2025-12-31T01:00:00+01:00', 1],
  ['2026-01-03T00:00:00Z', -2],
])('%s is %d days old', (instant, days) => {
  expect(ageInDays(instant, now)).toBe(days);
});

it.each(['', 'N/A', 'yesterday'])('refuses %j', (text) => {
  expect(() => ageInDays(text, now)).toThrow(RangeError);
});

it.each([
  ['2025-12-31T23:59:00Z', 1],
  ['2025-12-31T00:00:00Z', 1440],
  ['2026-01-01T00:30:00Z', -30],
])('%s is %d minutes old', (instant, minutes) => {
  expect(ageInMinutes(instant, now)).toBe(minutes);
});
