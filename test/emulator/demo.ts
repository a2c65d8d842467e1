// Audits the example account, served on loopback, with the product as it is: real SDK clients, report bucket, topic.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { checks } from '../../checks/index.ts';
import { mappings } from '../../checks/mappings.ts';
import { resources } from '../../checks/resources.ts';
import { main } from '../../lib/cli/program.ts';
import type { Report } from '../../lib/run/model.ts';
import { folderStore } from '../../lib/store/folder.ts';
import type { RunKey } from '../../lib/store/store.ts';
import { changedWorld } from './changes.ts';
import { type Emulator, startEmulator } from './server.ts';
import { EXAMPLE } from './world.ts';

const ACCOUNT = '111122223333';
const BUCKET = `ronda-reports-${ACCOUNT}`;
const FOLDER = 'ronda-report';
const SECOND_NIGHT = new URL('./changes/second-night.json', import.meta.url).pathname;

let emulator = await startEmulator();
let code = await night(emulator);
if (process.argv.includes('--second-night')) {
  const changed = await startEmulator({ world: changedWorld(EXAMPLE, SECOND_NIGHT) });
  for (const [key, object] of emulator.objects) changed.objects.set(key, object);
  await emulator.close();
  emulator = changed;
  console.log('\nThe account changes during the day. The second night:\n');
  code = await night(emulator);
}

async function night({ endpoint }: Emulator): Promise<number> {
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'example',
    AWS_SECRET_ACCESS_KEY: 'example',
    AWS_REGION: 'eu-west-1',
  });
  const topic = `arn:aws:sns:eu-west-1:${ACCOUNT}:ronda`;
  return main(['audit', '--out', `s3://${BUCKET}`, '--topic', topic], {
    version: 'demo',
    checks,
    resources: async () => resources,
    mappings: async () => mappings,
  });
}

/** What people look for first, with the check that answers. */
const TOPICS = {
  MFA: 'iam-user-console-mfa-enabled',
  'key age': 'iam-user-access-key-rotated',
  'public bucket': 's3-bucket-not-public',
  IMDSv2: 'ec2-instance-imdsv2-required',
  'open ingress': 'vpc-security-group-no-world-ssh',
  encryption: 'ec2-ebs-volume-encrypted',
};

await mkdir(FOLDER, { recursive: true });
const { date, run } = JSON.parse(emulator.objects.get(`${BUCKET}/latest.json`)!.body.toString()) as RunKey;
const kept = folderStore(FOLDER);
for (const [key, { body, contentType }] of emulator.objects) {
  if (!key.startsWith(`${BUCKET}/`)) continue;
  // The bucket as it is, for further commands; and on top what people open.
  await kept.put(key.slice(BUCKET.length + 1), body, contentType ?? '');
  if (!key.startsWith(`${BUCKET}/runs/date=${date}/run=${run}/`)) continue;
  if (!/\.(html|csv)$|findings\.json$/.test(key)) continue;
  await writeFile(resolve(FOLDER, basename(key)), body);
  if (key.endsWith('findings.json')) showTopics(JSON.parse(body.toString()) as Pick<Report, 'findings'>);
}
const message = emulator.messages.at(-1);
console.log(
  `\nThe message on the topic, as its subscribers get it:\n\n${message ? JSON.stringify(JSON.parse(message.message), null, 2) : 'none'}\n`,
);
console.log(`The report: ${resolve(FOLDER, 'index.html')}`);
await emulator.close();
process.exitCode = code;

function showTopics({ findings }: Pick<Report, 'findings'>): void {
  console.log('\nAmong the findings:');
  for (const [topic, check] of Object.entries(TOPICS)) {
    const failed = findings.filter((finding) => finding.check === check && finding.status === 'FAIL');
    const [first] = failed;
    console.log(
      `  ${topic.padEnd(13)}  ${failed.length} failed${first ? `, such as ${first.resource.id}: ${first.message}` : ''}`,
    );
  }
}
