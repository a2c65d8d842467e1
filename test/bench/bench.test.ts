import { expect, it } from 'vitest';
import { measure } from './measure.ts';

it(
  'the audit of an empty account makes the calls of the formula and no others, and loses no answer',
  { timeout: 120_000 },
  async () => {
    const { lines, unforeseen, lost } = await measure({ name: 'E', latency: 0, runs: 1 });
    expect(unforeseen).toEqual([]);
    expect(lines.map(({ operations, made }) => [operations, made])).toEqual(
      lines.map(({ operations, calls }) => [operations, calls]),
    );
    expect(lost).toEqual([0, 0, 0]);
  },
);
