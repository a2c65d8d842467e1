// Audits the example account, served on loopback, with the product as it is: real SDK clients, report bucket, topic.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { resources } from '../../checks/resources.ts';
import { main } from '../../lib/cli/program.ts';
import { startEmulator } from './server.ts';

const ACCOUNT = '111122223333';
const BUCKET = `ronda-reports-${ACCOUNT}`;
const FOLDER = 'ronda-report';

const emulator = await startEmulator();
Object.assign(process.env, {
  AWS_ENDPOINT_URL: emulator.endpoint,
  AWS_ACCESS_KEY_ID: 'example',
  AWS_SECRET_ACCESS_KEY: 'example',
  AWS_REGION: 'eu-west-1',
});
const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:ronda`;
const code = await main(['audit', '--out', `s3://${BUCKET}`, '--topic', topic], {
  version: 'demo',
  checks,
  resources: async () => resources,
});

await mkdir(FOLDER, { recursive: true });
for (const [key, { body }] of emulator.objects) {
  if (key.startsWith(`${BUCKET}/runs/`) && /\.(html|csv)$|findings\.json$/.test(key))
    await writeFile(resolve(FOLDER, basename(key)), body);
}
const [message] = emulator.messages;
console.log(
  `\nThe message on the topic, as its subscribers get it:\n\n${message ? JSON.stringify(JSON.parse(message.message), null, 2) : 'none'}\n`,
);
console.log(`The report: ${resolve(FOLDER, 'index.html')}`);
await emulator.close();
process.exitCode = code;
