import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { WORLDS } from '../bench/worlds.ts';
import { newCertificate } from './certificate.ts';
import { changedWorld } from './changes.ts';
import type { Profile } from './profile.ts';
import { startEmulator } from './server.ts';
import { EXAMPLE } from './world.ts';

const USAGE = `Usage: npm run emulator -- [options]
  --port N        listen on this port (default: any free one)
  --file FILE     the accounts to serve (default: the example organisation)
  --size NAME     serve an account of the benchmark instead: ${Object.keys(WORLDS).join(', ')}
  --https         serve HTTPS, with a certificate that is made at the start (needs openssl)
  --changes FILE  what happened in them since: a JSON file such as changes/second-night.json
  --latency MS    round trip of every call in ms, or "world"
  --throttle      token buckets as AWS's, per operation, Region and account
  --deny ACTION   refuse an IAM action such as s3:GetBucketPolicy; may be repeated, * matches anything
  --profile FILE  a JSON file that says how AWS behaves`;

const { values } = parseArgs({
  options: {
    port: { type: 'string' },
    file: { type: 'string' },
    changes: { type: 'string' },
    size: { type: 'string' },
    https: { type: 'boolean', default: false },
    throttle: { type: 'boolean', default: false },
    latency: { type: 'string' },
    deny: { type: 'string', multiple: true },
    profile: { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  },
});

if (values.help) {
  console.log(USAGE);
} else {
  const tls = values.https ? newCertificate() : undefined;
  const emulator = await startEmulator({
    ...(tls && { tls }),
    port: Number(values.port ?? 0),
    profile: profileOf(values),
    ...worldOf(values),
  });
  console.log(`export AWS_ENDPOINT_URL=${emulator.endpoint}`);
  console.log(`export AWS_ENDPOINT_URL_S3_CONTROL=${emulator.endpoint.replace('127.0.0.1', 'localhost')}`);
  if (tls) console.log(`export AWS_CA_BUNDLE=${tls.file} NODE_EXTRA_CA_CERTS=${tls.file}`);
  console.log('export AWS_ACCESS_KEY_ID=emulated AWS_SECRET_ACCESS_KEY=emulated AWS_REGION=eu-west-1');
  console.error(`# accounts: ${[...emulator.world.accounts.keys()].join(', ')}; stop with Ctrl-C`);
  const stop = () => {
    tls?.remove();
    void emulator.close();
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function worldOf({ file, changes, size }: { file?: string; changes?: string; size?: string }) {
  if (size && !WORLDS[size]) throw new Error(`no account is called ${size}\n${USAGE}`);
  if (size) return { world: WORLDS[size]!() };
  if (changes) return { world: changedWorld(file ?? EXAMPLE, changes) };
  return file ? { file } : {};
}

function profileOf(given: { latency?: string; throttle?: boolean; deny?: string[]; profile?: string }): Profile {
  const fromFile = given.profile ? (JSON.parse(readFileSync(given.profile, 'utf8')) as Profile) : {};
  const latency = given.latency === 'world' ? given.latency : Number(given.latency);
  return {
    ...fromFile,
    ...(given.latency ? { latency } : {}),
    ...(given.throttle ? { throttle: 'aws' as const } : {}),
    ...(given.deny ? { deny: [...(fromFile.deny ?? []), ...given.deny] } : {}),
  };
}
