import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { interruption } from '../../lib/cli/interruption.ts';
import { checks } from '../support/audited.ts';
import { byId, compared, faulty, oneRegion, silenced } from './_kit.ts';

faulty();

function terminal() {
  const written: string[] = [];
  const exit = vi.fn<(code: number) => never>();
  const process = Object.assign(new EventEmitter(), {
    exit,
    stderr: { write: (text: string) => written.push(text) },
  });
  return { process, written, exit, watched: interruption(process as never) };
}

describe('Ctrl+C', () => {
  it('ends the reading, and says how to leave at once', () => {
    const { process, written, exit, watched } = terminal();
    expect(watched.signal.aborted).toBe(false);
    process.emit('SIGINT');
    expect(watched.signal.aborted).toBe(true);
    expect(written.join('')).toContain('Ctrl+C again');
    expect(exit).not.toHaveBeenCalled();
  });
  it('leaves at once when it is pressed again', () => {
    const { process, exit } = terminal();
    process.emit('SIGINT');
    process.emit('SIGINT');
    expect(exit.mock.calls).toEqual([[130]]);
  });
  it('is nobody else’s when the command is done', () => {
    const { process, watched } = terminal();
    watched.done();
    expect(process.listenerCount('SIGINT')).toBe(0);
  });
});

it.each([1, 10, 40])(
  'a run that is stopped after %i of its parts says what it saw, and of the rest why not',
  async (parts) => {
    const before = byId(await oneRegion());
    const stop = new AbortController();
    const onProgress = ({ done }: { done: number }) => void (done >= parts && stop.abort());
    const after = await oneRegion({ deadline: stop.signal, onProgress });
    const { wrong, lost } = compared(before, after);
    expect(wrong).toEqual([]);
    expect(silenced(before, after, checks)).toEqual([]);
    expect(lost).toBeGreaterThan(0);
    expect(after.header.summary.gaps.map(({ reason }) => reason)).toContain('not-scanned');
  },
);
