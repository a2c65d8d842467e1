import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checklists, planned } from '../../../checks/frameworks/index.ts';
import { checks } from '../../../checks/index.ts';
import sentences from './sentences.json' with { type: 'json' };

const built: readonly string[] = checks.map(({ id }) => id);
const lines = checklists.flatMap((checklist) => checklist.lines);

/** The routes that an answer can take. */
const ROUTES = [
  'AWS API',
  'GCP/Azure API',
  'GitHub API',
  'Kubernetes API',
  'SQL connection',
  'attestation',
  'release gate',
];

describe.each(checklists)('$name', ({ id, document, lines: own }) => {
  const asked: Readonly<Record<string, string>> = sentences[id as keyof typeof sentences];

  it('has an entry for each line of its document, in order', () => {
    expect(document).toBe(`${id}.md`);
    expect(own.map(({ line }) => String(line))).toEqual(Object.keys(asked));
  });

  it('counts its lines through', () => {
    const letter = id === 'infrastructure' ? 'A' : 'B';
    expect(own.map(({ ref }) => ref)).toEqual(own.map((_, index) => `${letter}${index + 1}`));
  });

  it('says each line in words of its own, shortly', () => {
    const hashes = new Set(Object.values(asked));
    const normal = (label: string) =>
      label
        .toLowerCase()
        .replaceAll(/[^a-z0-9]+/g, ' ')
        .trim();
    const hashOf = (label: string) => createHash('sha256').update(normal(label)).digest('hex').slice(0, 12);
    expect(own.filter(({ label }) => hashes.has(hashOf(label)))).toEqual([]);
    expect(own.filter(({ label }) => !/^[A-Z].{5,50}[^.]$/.test(label))).toEqual([]);
    expect(new Set(own.map(({ label }) => label)).size).toBe(own.length);
  });

  it('has details right below the line that they belong to', () => {
    let main = '';
    for (const { ref, partOf, section } of own) {
      if (!partOf) main = ref;
      expect([ref, partOf ?? main]).toEqual([ref, main]);
      expect([ref, section]).toEqual([ref, own.find((other) => other.ref === main)!.section]);
    }
  });
});

it('refs are unique', () => expect(new Set(lines.map(({ ref }) => ref)).size).toBe(lines.length));

describe.each(lines)('$ref $label', ({ routes, checks: ids }) => {
  it('names checks that exist or are planned, each once and sorted', () => {
    expect(ids.filter((id) => !built.includes(id) && !planned.includes(id))).toEqual([]);
    expect([...new Set(ids)].toSorted()).toEqual(ids);
  });

  it('is answered by known routes, each once', () => {
    expect(routes).not.toEqual([]);
    expect(routes.filter((route) => !ROUTES.includes(route))).toEqual([]);
    expect(new Set(routes).size).toBe(routes.length);
  });
});

describe('planned', () => {
  it('holds no check that exists', () => expect(planned.filter((id) => built.includes(id))).toEqual([]));

  it('holds only what some line counts on, each once and sorted', () => {
    const counted = new Set(lines.flatMap((line) => line.checks));
    expect(planned.filter((id) => !counted.has(id))).toEqual([]);
    expect([...new Set(planned)].toSorted()).toEqual(planned);
  });
});
