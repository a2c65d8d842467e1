import { startEmulator } from './test/emulator/server.ts';
import { main } from './lib/cli/program.ts';
import { checks } from './checks/index.ts';
import { resources } from './checks/resources.ts';
const e = await startEmulator();
Object.assign(process.env, { AWS_ENDPOINT_URL: e.endpoint, AWS_ACCESS_KEY_ID: 'x', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'eu-west-1' });
const product = { version: '1', checks, resources: async () => resources } as never;
for (const line of process.argv.slice(2)) { const code = await main(line.split(' '), product); console.log('exit', code, e.stats().requests ?? '', '\n'); e.resetStats(); }
await e.close();
