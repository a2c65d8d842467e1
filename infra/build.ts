// Bundles the functions and the command line. Everything they need is inside: nothing is installed beside them.
import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { build, type BuildOptions, type Metafile, type Plugin } from 'esbuild';
import { billOf, contentsOf, noticesOf } from './supply.ts';

const root = new URL('../', import.meta.url).pathname;
const HANDLERS = ['plan', 'collect', 'evaluate', 'publish', 'gate', 'doctor', 'slack'];
/** A larger handler starts slowly; find out what came in rather than raise this. The gate and the doctor do all the steps in one. */
const HANDLER_LIMIT = 1_500_000;
const GATE_LIMIT = 2_400_000;

/**
 * The SDK's schemas write their keys as constants: `{ [_xN]: 'x' }`. The bundler must keep an object whose key it does not know,
 * and with it the whole service model; with the key's text in place it drops every operation that nobody calls.
 */
const leanSchemas: Plugin = {
  name: 'lean-schemas',
  setup({ onLoad }) {
    onLoad({ filter: /@aws-sdk\/.+\/schemas\/schemas_\d+\.js$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      const constants = new Map(
        Array.from(text.matchAll(/^const (\w+) = (".*");$/gm), ([, name, value]) => [name, value]),
      );
      return {
        contents: text.replaceAll(/\[(\w+)\]:/g, (key, name: string) =>
          constants.has(name) ? `${constants.get(name)}:` : key,
        ),
      };
    });
  },
};

/** A function's credentials stand in its environment. The other sources, which the SDK imports when it comes to them, are left out. */
const environmentCredentials: Plugin = {
  name: 'environment-credentials',
  setup({ onResolve }) {
    onResolve(
      { filter: /^@(aws-sdk|smithy)\/credential-provider-(http|imds|ini|process|sso|web-identity)$/ },
      ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined),
    );
  },
};

// SDK packages are much smaller as ES modules; some of their dependencies still ask for require().
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  // A client's class name says which service it is.
  keepNames: true,
  platform: 'node',
  format: 'esm',
  mainFields: ['module', 'main'],
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
  banner: {
    js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
  },
} satisfies BuildOptions;

/** Writes dist/<handler>/index.mjs for every function, with its notices, and the bill of materials. Throws when one is too large. */
export async function bundleFunctions(): Promise<Metafile> {
  const bundled = (names: readonly string[], options: BuildOptions = {}) =>
    build({
      ...common,
      ...options,
      target: 'node24',
      plugins: [leanSchemas, environmentCredentials],
      entryPoints: names.map((name) => ({ in: `functions/${name}.ts`, out: `${name}/index` })),
      outdir: 'dist',
      outExtension: { '.js': '.mjs' },
      write: false,
      metafile: true,
    });
  const builds = await Promise.all([
    bundled(HANDLERS.filter((name) => name !== 'publish')),
    // Formats and Security Hub load when they are asked for: publish starts without them.
    bundled(['publish'], { splitting: true, chunkNames: 'publish/parts/[name]-[hash]' }),
  ]);
  const metafile: Metafile = {
    inputs: Object.assign({}, ...builds.map(({ metafile: { inputs } }) => inputs)),
    outputs: Object.assign({}, ...builds.map(({ metafile: { outputs } }) => outputs)),
  };
  for (const [file, { bytes }] of Object.entries(metafile.outputs)) {
    const limit = /^dist\/(gate|doctor)\//.test(file) ? GATE_LIMIT : HANDLER_LIMIT;
    if (bytes > limit) throw new Error(`${file} has ${bytes} bytes, more than ${limit}`);
  }
  const outputFiles = builds.flatMap((one) => one.outputFiles.toReversed());
  for (const { path, contents } of outputFiles) await replace(path, contents);
  await removeOthers('dist/publish/parts', outputFiles);
  const contents = await contentsOf(metafile);
  for (const name of HANDLERS) await replace(`${root}dist/${name}/THIRD-PARTY.txt`, Buffer.from(noticesOf(contents)));
  await replace(`${root}dist/sbom.cdx.json`, Buffer.from(billOf(contents)));
  return metafile;
}

/** Writes dist/cli/ronda.mjs with its parts, notices and bill of materials. */
export async function bundleCommandLine(): Promise<Metafile> {
  const { metafile, outputFiles } = await build({
    ...common,
    target: 'node22',
    plugins: [leanSchemas],
    // Commands load when they are asked for: `ronda checks` needs no AWS client.
    splitting: true,
    entryPoints: [{ in: 'functions/cli.ts', out: 'ronda' }],
    outdir: 'dist/cli',
    outExtension: { '.js': '.mjs' },
    chunkNames: 'parts/[name]-[hash]',
  });
  for (const file of outputFiles.toReversed()) await replace(file.path, file.contents);
  const contents = await contentsOf(metafile);
  await replace(`${root}dist/cli/THIRD-PARTY.txt`, Buffer.from(noticesOf(contents)));
  await replace(`${root}dist/cli/sbom.cdx.json`, Buffer.from(billOf(contents)));
  await chmod(`${root}dist/cli/ronda.mjs`, 0o755);
  await removeOthers('dist/cli/parts', outputFiles);
  return metafile;
}

/** What an earlier build left. */
async function removeOthers(folder: string, outputFiles: readonly { readonly path: string }[]): Promise<void> {
  const made = new Set(outputFiles.map(({ path }) => path));
  for (const name of await readdir(`${root}${folder}`)) {
    const path = `${root}${folder}/${name}`;
    if (!made.has(path)) await rm(path, { force: true });
  }
}

/** Leaves a file alone that is the same already, and moves a new one in whole: builds of one tree do not disturb each other. */
async function replace(path: string, contents: Uint8Array): Promise<void> {
  const present = await readFile(path).catch(() => undefined);
  if (present?.equals(contents)) return;
  // Not beside the file: somebody may be packing its folder.
  const draft = `${root}dist/${randomUUID()}.part`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, contents);
  await rename(draft, path);
}

if (import.meta.main) {
  const built = await Promise.all([bundleFunctions(), bundleCommandLine()]);
  for (const { outputs } of built)
    for (const [file, { bytes }] of Object.entries(outputs)) console.log(`${String(bytes).padStart(9)}  ${file}`);
}
