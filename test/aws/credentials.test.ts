import { expect, it } from 'vitest';
import { renewed } from '../../lib/aws/credentials.ts';

const MINUTE = 60_000;

/** A provider whose credentials live for an hour, counting how often it is asked. */
function hourly() {
  let clock = 0;
  let asked = 0;
  const provider = renewed(
    async () => {
      asked += 1;
      return { accessKeyId: `key-${asked}`, secretAccessKey: 'x', expiration: new Date(clock + 60 * MINUTE) };
    },
    () => clock,
  );
  return { provider, at: (minutes: number) => void (clock = minutes * MINUTE), asked: () => asked };
}

it('one set serves all clients until shortly before it expires', async () => {
  const { provider, at, asked } = hourly();
  await Promise.all([provider(), provider()]);
  at(54);
  expect((await provider()).accessKeyId).toBe('key-1');
  at(56);
  expect((await provider()).accessKeyId).toBe('key-2');
  expect(asked()).toBe(2);
});

it('credentials without an end are asked for once', async () => {
  let asked = 0;
  const provider = renewed(async () => ({ accessKeyId: `${(asked += 1)}`, secretAccessKey: 'x' }));
  await provider();
  expect((await provider()).accessKeyId).toBe('1');
});

it('a failure is not kept', async () => {
  let asked = 0;
  const provider = renewed(async () => {
    asked += 1;
    if (asked === 1) throw new Error('not now');
    return { accessKeyId: 'x', secretAccessKey: 'x' };
  });
  await expect(provider()).rejects.toThrow('not now');
  expect((await provider()).accessKeyId).toBe('x');
});
