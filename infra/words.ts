import { readdirSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
/** Where the texts of findings are written. */
const FOLDERS = ['checks', 'lib/aws', 'lib/core', 'lib/network', 'lib/policy', 'lib/run', 'lib/secrets'];

/** The words that findings can be written in: those of the string literals and the names of fields, lower-cased, sorted. */
function wordsOfSources(): string[] {
  const files = FOLDERS.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => `${folder}/${name}`),
  );
  const words = new Set(files.flatMap((file) => wordsIn(readFileSync(new URL(file, root), 'utf8'))));
  return [...words].toSorted();
}

function wordsIn(source: string): string[] {
  const code = source
    .replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, '')
    .replaceAll(/^(?:import|export) [^;]*? from '[^']+';$/gm, '');
  const literals = Array.from(code.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g), ([, single, double, template]) =>
    (single ?? double ?? template!.replaceAll(/\$\{[^}]*\}/g, ' ')).split(/\s+/),
  ).flat();
  const fields = Array.from(code.matchAll(/\b([A-Za-z]\w+)\??:/g), ([, field]) => field!);
  return [...literals, ...fields]
    .flatMap(partsOf)
    .filter((word) => /^[a-z][a-z0-9_.'-]*$/.test(word) && word.length < 40);
}

/** A word without the marks around it, and what hyphens join in it. */
function partsOf(word: string): string[] {
  const bare = word.toLowerCase().replaceAll(/^[^a-z]+|[^a-z0-9]+$/g, '');
  return [bare, ...bare.split(/[-/:,]/)];
}

/** lib/report/redact/words.generated.ts without its header. */
export function wordsModule(): string {
  return `/** The words that findings are written in. */\nexport const WORDS = ${JSON.stringify(wordsOfSources().join(' '))};\n`;
}
