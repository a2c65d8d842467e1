import { expect, it } from 'vitest';
import { selectsManagement } from '../../../checks/cloudtrail/_management-events.ts';
import { advanced, field } from './_trail.ts';

const MANAGEMENT = field('eventCategory', { equals: ['Management'] });

it.each(['equals', 'startsWith', 'endsWith', 'notStartsWith', 'notEndsWith'] as const)(
  'a selector of sources by %s narrows it, whatever else it says',
  (operator) => {
    const source = field('eventSource', { notEquals: ['rdsdata.amazonaws.com'], [operator]: ['x'] });
    const selectors = advanced([MANAGEMENT, source]);
    expect(selectsManagement(selectors, 'read', ['rdsdata.amazonaws.com'])).toBe(false);
  },
);

it('a selector without any field selects nothing', () => {
  expect(selectsManagement(advanced([]), 'read', [])).toBe(false);
});
