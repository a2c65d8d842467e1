// Bundles the functions and the command line. Everything they need is inside: nothing is installed beside them.
import { readFileSync } from 'node:fs';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';

const root = new URL('../', import.meta.url).pathname;
const HANDLERS = ['plan', 'collect', 'evaluate', 'publish', 'gate', 'slack'];
/** A larger handler starts slowly; find out what came in rather than raise this. */
const HANDLER_LIMIT = 1_500_000;

/**
 * The SDK's schemas write their keys as constants: `{ [_xN]: 'x' }`. The bundler must keep an object whose key it does not know,
 * and with it the whole service model; with the key's text in place it drops every operation that nobody calls.
 */
const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/.+\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const constants = new Map(Array.from(text.matchAll(/^const (\w+) = (".*");$/gm), ([, name, value]) => [name, value]));
      return { contents: text.replaceAll(/\[(\w+)\]:/g, (key, name: string) => (constants.has(name) ? `${constants.get(name)}:` : key)) };
    });
  },
};

// SDK packages are much smaller as ES modules; some of their dependencies still ask for require().
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  write: false,
  plugins: [leanSchemas],
  logLevel: 'warning',
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
} satisfies BuildOptions;

export interface Built {
  readonly handlers: Metafile;
  readonly cli: Metafile;
}

/** Writes dist/<handler>/index.mjs and dist/cli/ronda.mjs. Throws when a handler is too large. */
export async function bundle(): Promise<Built> {
  const [handlers, cli] = await Promise.all([
    build({
      ...common,
      target: 'node24',
      entryPoints: HANDLERS.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
    }),
    build({
      ...common,
      target: 'node22',
      // Commands load when they are asked for: `ronda checks` needs no AWS client.
      splitting: true,
      entryPoints: [{ in: 'functions/cli.ts', out: 'ronda' }],
      outdir: 'dist/cli',
      outExtension: { '.js': '.mjs' },
      chunkNames: 'parts/[name]-[hash]',
    }),
  ]);
  for (const [file, { bytes }] of Object.entries(handlers.metafile.outputs)) {
    if (bytes > HANDLER_LIMIT) throw new Error(`${file} has ${bytes} bytes, more than ${HANDLER_LIMIT}`);
  }
  const files = new Map([...handlers.outputFiles, ...cli.outputFiles].map(({ path, contents }) => [path, contents]));
  files.set(`${root}dist/cli/LICENSES.txt`, Buffer.from(licences(cli.metafile)));
  await replace(`${root}dist`, files);
  await chmod(`${root}dist/cli/ronda.mjs`, 0o755);
  return { handlers: handlers.metafile, cli: cli.metafile };
}

/** Makes a folder hold these files and no others. What is the same stays untouched, so that builds of one tree do not disturb each other. */
async function replace(folder: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  for (const [path, contents] of files) {
    const present = await readFile(path).catch(() => undefined);
    if (present?.equals(contents)) continue;
    await mkdir(dirname(path), { recursive: true });
    const draft = `${path}.${process.pid}.part`;
    await writeFile(draft, contents);
    await rename(draft, path);
  }
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isFile() && !files.has(path) && !path.endsWith('.part')) await rm(path, { force: true });
  }
}

/** Name, version and licence of every package inside a bundle. */
function licences({ inputs }: Metafile): string {
  const packages = new Set(Object.keys(inputs).flatMap((file) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []));
  const lines = [...packages].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(`${root}${folder}/package.json`, 'utf8')) as Record<string, string>;
    return `${name} ${version}  ${license}\n`;
  });
  return `Ronda contains these packages under their own licences.\n\n${[...new Set(lines)].toSorted().join('')}`;
}

if (import.meta.main) {
  const { handlers, cli } = await bundle();
  for (const [file, { bytes }] of Object.entries({ ...handlers.outputs, ...cli.outputs })) console.log(`${String(bytes).padStart(9)}  ${file}`);
}
