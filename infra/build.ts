// Bundles the functions and the command line. Everything they need is inside: nothing is installed beside them.
import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';
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
const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  plugins: [leanSchemas],
  logLevel: 'warning',
  banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
};

export interface Built {
  readonly handlers: Metafile;
  readonly cli: Metafile;
}

/** Writes dist/<handler>/index.mjs and dist/cli/ronda.mjs. Throws when a handler is too large. */
export async function bundle(): Promise<Built> {
  await rm(`${root}dist`, { recursive: true, force: true });
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
  await chmod(`${root}dist/cli/ronda.mjs`, 0o755);
  await writeFile(`${root}dist/cli/LICENSES.txt`, licences(cli.metafile!));
  for (const [file, { bytes }] of Object.entries(handlers.metafile!.outputs)) {
    if (bytes > HANDLER_LIMIT) throw new Error(`${file} has ${bytes} bytes, more than ${HANDLER_LIMIT}`);
  }
  return { handlers: handlers.metafile!, cli: cli.metafile! };
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
