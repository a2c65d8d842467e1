// Writes a new check with its test table and regenerates what is derived: npm run new:check <service>-<what-is-good>
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url).pathname;
const id = process.argv[2] ?? '';
const service = id.split('-', 1)[0]!;
const check = `${root}checks/${service}/${id}.ts`;
const test = `${root}test/checks/${service}/${id}.test.ts`;

function stop(message: string): never {
  console.error(`new:check: ${message}`);
  process.exit(1);
}

if (!/^[a-z0-9]+(-[a-z0-9]+)+$/.test(id))
  stop('give an id that says what is good, such as s3-bucket-versioning-enabled');
if (!existsSync(`${root}checks/${service}/collect.ts`)) {
  stop(
    `there is no checks/${service}/collect.ts: write the collector of ${service} first (CONTRIBUTING.md, "A service")`,
  );
}
if (existsSync(check)) stop(`${check} is there already`);

writeFileSync(
  check,
  `import { check, fail, pass } from '../../lib/core/check.ts';

export default check({
  id: '${id}',
  title: 'Say in one sentence what is good',
  severity: 'medium',
  why: 'Say in one sentence what follows when it is not.',
  fix: 'aws ${service} <command> --<option> <value>',
  resource: 'AWS::::Account',
  evaluate(account) {
    return account.id === '' ? fail('say what is the case') : pass('say what is the case');
  },
});
`,
);
mkdirSync(`${root}test/checks/${service}`, { recursive: true });
writeFileSync(
  test,
  `import subject from '../../../checks/${service}/${id}.ts';
import { cases } from '../../support/cases.ts';

cases(subject, {
  pass: [{ name: 'as it should be', resource: {} }],
  fail: [{ name: 'as it should not be', resource: { id: '' } }],
});
`,
);
const { status } = spawnSync(process.execPath, [`${root}infra/generate.ts`], { stdio: 'inherit' });
console.log(
  `written: checks/${service}/${id}.ts and its table in test/checks/${service}/\nNext: choose the resource and the facets, then npm test -- ${id}`,
);
process.exitCode = status ?? 1;
