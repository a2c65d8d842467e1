import { expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { mappings } from '../../checks/mappings.ts';
import { mappedTo } from '../../lib/run/mappings.ts';

it('keeps what ran, and counts what did not', () => {
  const line = { ref: 'A1', section: 'Data', label: 'Nothing in plain text', routes: ['AWS API'], checks: ['a', 'b'] };
  const mapped = mappedTo(
    {
      frameworks: [{ id: 'f', name: 'F', requirements: { '1.1': ['a', 'b', 'c'], '1.2': ['c'] } }],
      checklists: [{ id: 'l', name: 'L', lines: [line, { ...line, ref: 'A2', checks: [] }] }],
      reads: {},
    },
    new Set(['a', 'b']),
  );
  expect(mapped).toEqual({
    frameworks: [
      {
        id: 'f',
        name: 'F',
        requirements: [
          { ref: '1.1', checks: ['a', 'b'], notAsked: 1 },
          { ref: '1.2', checks: [], notAsked: 1 },
        ],
      },
    ],
    checklists: [
      {
        id: 'l',
        name: 'L',
        lines: [
          { ...line, notAsked: 0 },
          { ...line, ref: 'A2', checks: [], notAsked: 0 },
        ],
      },
    ],
  });
});

it('the product knows what each of its checks reads with', () => {
  const reads: Readonly<Record<string, readonly string[]>> = mappings.reads;
  for (const { id } of checks) expect([id, reads[id]?.length ?? 0]).not.toEqual([id, 0]);
});
