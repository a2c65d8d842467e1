import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, it } from 'vitest';
import { adviceOf } from '../../infra/advisories.ts';
import { bundleCommandLine, bundleFunctions } from '../../infra/build.ts';
import { billOf, type Contents, contentsOf, noticesOf } from '../../infra/supply.ts';
import { root, run } from './_stack.ts';

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
const json = (path: string): unknown => JSON.parse(readFileSync(`${root}${path}`, 'utf8'));
const manifest = json('package.json') as {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly allowScripts: Readonly<Record<string, boolean>>;
};
const { '': self, ...locked } = (json('package-lock.json') as { packages: Record<string, Locked> }).packages;
const EXACT = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

describe('what is installed', () => {
  it.each(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))(
    '%s is pinned to the version that is locked: %s',
    (name, version) => {
      expect(version).toMatch(EXACT);
      expect(locked[`node_modules/${name}`]?.version).toBe(version);
    },
  );

  it('nothing is needed beside what is shipped', () => expect(manifest.dependencies).toBeUndefined());

  it('comes with its hash, from a registry', () => {
    const others = Object.entries(locked).filter(
      ([, { version, integrity, link, resolved }]) =>
        link ||
        !EXACT.test(version ?? '') ||
        !/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ||
        /^(?:git|file|http:)/.test(resolved ?? ''),
    );
    expect(others).toEqual([]);
  });

  /** Where Node would find a package that another one asks for. */
  const foundFrom = (folder: string, name: string): Locked | undefined =>
    locked[`${folder}/node_modules/${name}`] ??
    (folder.includes('/node_modules/')
      ? foundFrom(folder.slice(0, folder.lastIndexOf('/node_modules/')), name)
      : locked[`node_modules/${name}`]);

  it('is locked for every platform, not only for that of whoever locked it', () => {
    const asked = Object.entries({ ...locked, '': self! }).flatMap(([folder, { optionalDependencies }]) =>
      Object.entries(optionalDependencies ?? {}).map(([name, range]) => ({ folder, name, range })),
    );
    expect(asked.length).toBeGreaterThan(40);
    const missing = asked.filter(({ folder, name, range }) => {
      const found = foundFrom(folder, name);
      return !found?.integrity || (EXACT.test(range) && found.version !== range);
    });
    expect(missing).toEqual([]);
  });

  it('runs no script of its own, but for the two packages that fetch the binary of the platform', () => {
    const withScript = Object.entries(locked).filter(([, { hasInstallScript }]) => hasInstallScript);
    const names = withScript.map(([folder]) => folder.replace(/^.*node_modules\//, '')).toSorted();
    // npm runs what is not named here, and only warns.
    expect(Object.keys(manifest.allowScripts).toSorted()).toEqual(names);
    expect(names.filter((name) => manifest.allowScripts[name])).toEqual(['esbuild', 'node']);
  });
});

interface Component {
  readonly 'bom-ref': string;
  readonly [field: string]: unknown;
}
interface Bill {
  readonly components: readonly Component[];
  readonly dependencies: readonly { readonly ref: string; readonly dependsOn: readonly string[] }[];
}

describe('what is shipped', () => {
  const PERMISSIVE = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT', 'MIT-0'];
  let all: Contents['packages'];
  const made: Record<string, Contents> = {};
  let byNpm: ReadonlyMap<string, Component>;
  beforeAll(async () => {
    const npm = run('npm', ['sbom', '--sbom-format=cyclonedx', '--offline', '--loglevel=silent'], {
      cwd: root,
      maxBuffer: 100_000_000,
    });
    const [functions, cli] = await Promise.all([
      bundleFunctions().then(contentsOf),
      bundleCommandLine().then(contentsOf),
    ]);
    Object.assign(made, { functions, cli });
    all = [...functions.packages, ...cli.packages];
    const { components } = JSON.parse((await npm).stdout) as Bill;
    byNpm = new Map(components.map((one) => [one['bom-ref'], one]));
  }, 300_000);

  it('is under permissive licences, whose texts it carries', () => {
    expect(all.filter(({ license }) => !PERMISSIVE.includes(license))).toEqual([]);
    // Apache-2.0 asks for its text once, and MIT-0 for nothing; the others for their authors' notices.
    const silent = all.filter(({ texts }) => texts.length === 0).map(({ license }) => license);
    expect(silent.filter((license) => license !== 'Apache-2.0' && license !== 'MIT-0')).toEqual([]);
  });

  it('is the list of licences', () => {
    const rows = readFileSync(`${root}docs/licences.md`, 'utf8').matchAll(/^\| (\S+) +\| (\S+) +\|$/gm);
    const listed = Array.from(rows, ([, name, license]) => `${name} ${license}`).slice(2);
    expect(listed.toSorted()).toEqual([...new Set(all.map(({ name, license }) => `${name} ${license}`))].toSorted());
  });

  it.each(['functions', 'cli'])('in %s includes what the page is made of, which hides in a string', (artefact) => {
    const names = made[artefact]!.packages.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['@tanstack/virtual-core', 'htm', 'preact']));
  });

  it.each([
    ['cli', 'cli'],
    ...['plan', 'collect', 'evaluate', 'publish', 'gate', 'doctor', 'slack'].map((name) => [name, 'functions']),
  ])('dist/%s carries the notices of everything in it', (folder, artefact) => {
    const notices = readFileSync(`${root}dist/${folder}/THIRD-PARTY.txt`, 'utf8');
    expect(notices).toBe(noticesOf(made[artefact!]!));
    for (const { id, license, texts } of made[artefact!]!.packages) {
      expect(notices).toContain(`${id}  ${license}\n`);
      for (const text of texts) expect(notices).toContain(text);
    }
  });

  describe.each([
    ['functions', 'dist/sbom.cdx.json'],
    ['cli', 'dist/cli/sbom.cdx.json'],
  ])('the bill of materials of %s', (artefact, path) => {
    const bill = () => json(path) as Bill;

    it('is CycloneDX', () => {
      const validate = new Ajv({ strict: false }).compile(
        json('test/infra/schemas/cyclonedx-1.6.schema.json') as object,
      );
      validate(bill());
      expect(validate.errors).toBeNull();
      const wrong = bill().components.map((one) => ({ ...one, licenses: [{ license: { id: 'AGPL-3.0-only' } }] }));
      expect(validate({ ...bill(), components: wrong })).toBe(false);
    });

    it('says of each package what npm says of it', () => {
      for (const { 'bom-ref': ref, name, version, purl, hashes, licenses } of bill().components)
        expect(byNpm.get(ref)).toMatchObject({ name, version, purl, hashes, licenses });
    });

    it('names packages that it lists, and reaches each from Ronda', () => {
      const edges = new Map(bill().dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
      const reached = new Set<string>();
      const visit = (ref: string) => {
        if (reached.has(ref)) return;
        reached.add(ref);
        for (const next of edges.get(ref)!) visit(next);
      };
      visit(bill().dependencies[0]!.ref);
      const listed = bill().components.map((one) => one['bom-ref']);
      expect([...reached].slice(1).toSorted()).toEqual(listed.toSorted());
    });

    it('is the same every time', () => {
      expect(readFileSync(`${root}${path}`, 'utf8')).toBe(billOf(made[artefact]!));
      expect(bill()).not.toHaveProperty('serialNumber');
    });
  });
});

describe('advisories', () => {
  const report = (severity: string) => ({
    auditReportVersion: 2,
    vulnerabilities: { left: { name: 'left', severity, range: '<2', via: [{ title: 'eats input' }, 'right'] } },
  });
  it.each([
    ['none', { auditReportVersion: 2, vulnerabilities: {} }, { kind: 'clean' }],
    ['a moderate one', report('moderate'), { kind: 'clean' }],
    ['a high one', report('high'), { packages: ['high  left <2: eats input; through right'] }],
    ['a critical one', report('critical'), { kind: 'vulnerable' }],
    ['no such endpoint', { message: '405 Method Not Allowed', statusCode: 405 }, { kind: 'unreachable' }],
    ['an endpoint that is down', { message: '503 Service Unavailable', statusCode: 503 }, { kind: 'unreachable' }],
    ['no network', { message: 'request to x failed, reason: connect ECONNREFUSED' }, { kind: 'unreachable' }],
    ['no answer in time', { message: 'network timeout at: x' }, { kind: 'unreachable' }],
    ['a request that is refused as wrong', { message: '400 Bad Request', statusCode: 400 }, { kind: 'failed' }],
    ['no lock file', { error: { code: 'ENOLOCK', summary: 'This command requires one' } }, { kind: 'failed' }],
    ['a report of another kind', { auditReportVersion: 3 }, { kind: 'failed' }],
  ])('%s', (_name, answer, advice) => expect(adviceOf(JSON.stringify(answer))).toMatchObject(advice));
  it.each(['', 'null', 'npm: not found', '[]'])('an answer that is none: %j', (output) =>
    expect(adviceOf(output)).toMatchObject({ kind: 'failed' }),
  );
});

it('SECURITY.md names files and tests that are there', () => {
  const text = readFileSync(`${root}SECURITY.md`, 'utf8');
  const paths = [...text.matchAll(/`((?:lib|infra|test|docs|functions|checks|schemas)\/[\w./-]+)`/g)].map(
    ([, path]) => path!,
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => !existsSync(`${root}${path}`))).toEqual([]);
});
