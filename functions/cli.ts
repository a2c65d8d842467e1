#!/usr/bin/env node
import { checks } from '../checks/index.ts';
import { main } from '../lib/cli/program.ts';
import manifest from '../package.json' with { type: 'json' };

process.exitCode = await main(process.argv.slice(2), {
  version: manifest.version,
  checks,
  resources: async () => (await import('../checks/resources.ts')).resources,
  mappings: async () => (await import('../checks/mappings.ts')).mappings,
});
