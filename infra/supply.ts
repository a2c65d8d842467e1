// What is inside the shipped artefacts: which packages, under which licences, with whose notices.
import { readdirSync, readFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';

const root = new URL('../', import.meta.url).pathname;
/** The page's script travels inside the bundles as text: what it is made of does not show in theirs. */
const PAGE = { entry: 'lib/report/page/client/main.ts', text: 'lib/report/page/client.generated.ts' };

/** A package whose code is in an artefact. */
interface Package {
  /** name@version */
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly license: string;
  /** SHA-512 of the package's archive as the lock file has it, in hexadecimal. */
  readonly sha512: string;
  /** Licences and notices that it carries. */
  readonly texts: readonly string[];
  /** Ids of the shipped packages that it imports. */
  readonly imports: readonly string[];
}
export interface Contents {
  /** By id. */
  readonly packages: readonly Package[];
  /** Ids of the packages that Ronda's own code imports. */
  readonly imports: readonly string[];
}

/** What got into the outputs of a bundling, and into the page if that is in them. */
export async function contentsOf(metafile: Metafile): Promise<Contents> {
  const hasPage = shippedFiles(metafile).has(PAGE.text);
  const metafiles = hasPage ? [metafile, await inspected([PAGE.entry])] : [metafile];
  const folders = new Set(metafiles.flatMap((one) => [...shippedFiles(one)].flatMap((file) => folderOf(file) ?? [])));
  const found = new Map([...folders].map((folder) => [folder, read(folder)]));
  const importsOf = (folder: string | undefined) =>
    idsOf([...importedBy(folder, metafiles)].flatMap((other) => (other === folder ? [] : (found.get(other) ?? []))));
  const packages = new Map(
    [...found].map(([folder, one]): [string, Package] => [one.id, { ...one, imports: importsOf(folder) }]),
  );
  return { packages: [...packages.values()].toSorted(byId), imports: importsOf(undefined) };
}

/** What all artefacts together contain, without making them. */
export async function shippedContents(): Promise<Contents> {
  return contentsOf(await inspected(['functions/*.ts']));
}

async function inspected(entryPoints: string[]): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    outdir: 'dist',
    write: false,
    metafile: true,
    logLevel: 'warning',
  });
  return metafile;
}

function shippedFiles({ outputs }: Metafile): Set<string> {
  const inputs = Object.values(outputs).flatMap((output) => Object.entries(output.inputs));
  return new Set(inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file));
}

/** The folder of the package that a file belongs to, below the repository; undefined for Ronda's own. */
function folderOf(file: string): string | undefined {
  return /(?<=^|\/)node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+/.exec(file)?.[0];
}

/** Folders of the packages that the files of a package, or of Ronda, import. */
function importedBy(folder: string | undefined, metafiles: readonly Metafile[]): Set<string> {
  const own = metafiles.flatMap(({ inputs }) => Object.entries(inputs).filter(([file]) => folderOf(file) === folder));
  return new Set(own.flatMap(([, { imports }]) => imports.flatMap(({ path }) => folderOf(path) ?? [])));
}

let lock: { readonly packages: Readonly<Record<string, { readonly integrity: string }>> } | undefined;

function read(folder: string): Omit<Package, 'imports'> {
  const { name, version, license } = JSON.parse(text(`${folder}/package.json`)) as Manifest;
  lock ??= JSON.parse(text('package-lock.json')) as NonNullable<typeof lock>;
  const texts = readdirSync(`${root}${folder}`)
    .filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file))
    .toSorted()
    .map((file) => text(`${folder}/${file}`).replaceAll('\r\n', '\n').trim());
  const sha512 = Buffer.from(lock.packages[folder]!.integrity.replace('sha512-', ''), 'base64').toString('hex');
  return { id: `${name}@${version}`, name, version, license, sha512, texts };
}

interface Manifest extends Pick<Package, 'name' | 'version' | 'license'> {
  readonly description: string;
}

function text(path: string): string {
  return readFileSync(`${root}${path}`, 'utf8');
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : 1;
}

function idsOf(packages: readonly { readonly id: string }[]): string[] {
  return [...new Set(packages.map(({ id }) => id))].toSorted();
}

const RULE = `\n\n${'-'.repeat(80)}\n`;

/** The file that goes with an artefact: every package in it, and the text of each licence once, below those that carry it. */
export function noticesOf({ packages }: Contents): string {
  const list = packages.map(({ id, license }) => `${id}  ${license}\n`);
  const carried = packages.flatMap(({ id, texts }) => texts.map((one) => ({ id, one })));
  const parts = [...Map.groupBy(carried, ({ one }) => one)].map(
    ([one, users]) => `${RULE}${users.map(({ id }) => id).join('\n')}\n\n${one}`,
  );
  return `Ronda contains these packages under their own licences, whose texts follow.\n\n${list.join('')}${parts.join('')}\n`;
}

/**
 * A bill of materials in CycloneDX 1.6 (JSON). It lists what is inside, not what builds it. The same contents give the same bytes:
 * there is no time in it, and no serial number, which its standard wants to be new each time.
 */
export function billOf({ packages, imports }: Contents): string {
  const { name, version, description, license } = JSON.parse(text('package.json')) as Manifest;
  const self = `${name}@${version}`;
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      lifecycles: [{ phase: 'build' }],
      component: {
        'bom-ref': self,
        type: 'application',
        name,
        version,
        description,
        licenses: [{ license: { id: license } }],
      },
    },
    components: packages.map((one) => ({
      'bom-ref': one.id,
      type: 'library',
      name: one.name,
      version: one.version,
      scope: 'required',
      hashes: [{ alg: 'SHA-512', content: one.sha512 }],
      licenses: [{ license: { id: one.license } }],
      purl: `pkg:npm/${one.name.replace('@', '%40')}@${one.version}`,
    })),
    dependencies: [
      { ref: self, dependsOn: imports },
      ...packages.map((one) => ({ ref: one.id, dependsOn: one.imports })),
    ],
  };
  return `${JSON.stringify(bill, null, 2)}\n`;
}

/** docs/licences.md: it changes when a package comes, goes, or changes its licence. */
export function licencesPage({ packages }: Contents): string {
  const rows = packages.map(({ name, license }) => `| ${name} | ${license} |\n`);
  return `# Licences

Ronda is under Apache-2.0. These packages are inside what is shipped: the functions, the command line and the page. Their notices go with it as
\`THIRD-PARTY.txt\`, and their versions and hashes stand in \`sbom.cdx.json\`. Generated by \`npm run generate\` from what the bundler took.

| Package | Licence |
| --- | --- |
${[...new Set(rows)].join('')}`;
}
