import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { frameworks } from '../../checks/frameworks/index.ts';
import { checks as registered } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import type { AnyCheck } from '../../lib/core/evaluate.ts';
import type { Uses } from '../../lib/core/model.ts';

const checks: readonly AnyCheck[] = registered;
const ids = checks.map(({ id }) => id);
const types = resources.map(({ type }) => type);

describe.each(checks.map((check) => [check.id, check] as const))('%s', (id, check) => {
  const service = id.split('-', 1)[0];
  const path = `checks/${service}/${id}.ts`;
  it('lives in a file of its own name, with a table beside it in test/', () => {
    expect(existsSync(path)).toBe(true);
    expect(existsSync(`test/${path.replace('.ts', '.test.ts')}`)).toBe(true);
  });
  it('says what it requires in one sentence without a full stop', () =>
    expect(check.title).toMatch(/^[A-Z].{10,90}[^.]$/));
  it('says why in one sentence, and how to mend it in one command', () => {
    expect(check.why).toMatch(/^[A-Z].*[.]$/);
    expect(check.fix).toMatch(/^aws [a-z0-9-]+ [a-z0-9-]+/);
  });
  it('looks only at types and facets that are collected', () => {
    const looked = [
      ...check.resource.map((type: string) => ({ type, facets: check.needs as readonly string[] })),
      ...Object.values(check.uses as Uses),
    ];
    for (const { type, facets } of looked) {
      expect(types).toContain(type);
      expect(Object.keys(resources.find((resource) => resource.type === type)!.facets)).toEqual(
        expect.arrayContaining([...facets]),
      );
    }
  });
  it('is short enough to be read at a glance', () =>
    // Imports do not count.
    expect(
      /^export default [^]*\n/m.exec(readFileSync(path, 'utf8'))![0].trimEnd().split('\n').length,
    ).toBeLessThanOrEqual(25));
});

it('ids and resource types are unique', () => {
  expect(new Set(ids).size).toBe(ids.length);
  expect(new Set(types).size).toBe(types.length);
});

it('has no test without a check', () => {
  const tests = readdirSync('test/checks', { recursive: true, encoding: 'utf8' }).flatMap(
    (file) => /(?:^|\/)([a-z0-9]+)\/(\1-[^/]+)\.test\.ts$/.exec(file)?.[2] ?? [],
  );
  expect(tests.filter((test) => !ids.includes(test))).toEqual([]);
});

it.each(frameworks.map((framework) => [framework.name, framework] as const))(
  '%s names only checks that exist',
  (_name, { requirements }) => {
    expect(
      Object.values(requirements)
        .flat()
        .filter((id) => !ids.includes(id)),
    ).toEqual([]);
  },
);
