import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync, inflateRawSync } from 'node:zlib';
import { EXAMPLE, readWorld, type WorldFile } from '../emulator/world.ts';
import { ALPHANUMERIC, invented } from '../secrets/_invented.ts';
import { TOKEN } from './slack.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';

let seed = 100;
/** A secret that no other text resembles; its marks are written otherwise in XML, HTML and URLs. */
function secret(): string {
  seed += 1;
  return `aQ7&${invented(18, ALPHANUMERIC, seed)}/+=${invented(8, ALPHANUMERIC, seed + 500)}`;
}

/** What nobody may read in anything that a run leaves: where it was planted, and its value. */
export const PLANTED = {
  'user data of an instance': secret(),
  'packed user data of an instance': secret(),
  'user data of an old version of a launch template': secret(),
  'user data of a launch configuration': secret(),
  'an environment variable of a build project': secret(),
  'the configuration of a pipeline': secret(),
  'a parameter': secret(),
  'a secret': secret(),
  'the secret key of the caller': secret(),
  'the session token of the caller': secret(),
  'the access key id of the caller': `ASIA${ACCOUNT}QWER`,
  'the session token of an assumed role': 'emulated-A',
  'the external id that a role is assumed with': `external-${invented(20, ALPHANUMERIC, 900)}`,
  'the token of a Slack bot': TOKEN,
  'the URL of a Slack webhook': 'B000/secretsecret',
} as const;
/** Those that a check finds and tells by their hash. */
export const FOUND = [
  'user data of an instance',
  'packed user data of an instance',
  'user data of an old version of a launch template',
  'user data of a launch configuration',
] as const;
/** What is part of a resource's identity or policy, and is shown on purpose: nobody should keep a secret there. */
export const SHOWN = {
  'the value of a tag': 'tag-Zp4mQ8',
  'a condition of a trust policy': 'condition-Xr7tW2',
} as const;

export const ROLE = `arn:aws:iam::${ACCOUNT}:role/night-watch`;
export const KEYS = {
  AWS_ACCESS_KEY_ID: PLANTED['the access key id of the caller'],
  AWS_SECRET_ACCESS_KEY: PLANTED['the secret key of the caller'],
  AWS_SESSION_TOKEN: PLANTED['the session token of the caller'],
};

const script = (place: keyof typeof PLANTED) => `#!/bin/sh\nexport DB_PASSWORD='${PLANTED[place]}'\n`;

/** The example organisation with all of it. Parameters and secrets that Slack's function asks for are given by the caller. */
export function plantedWorld(parameters: Readonly<Record<string, string>> = {}): WorldFile {
  const world = structuredClone(readWorld(EXAMPLE));
  const account = world.accounts[ACCOUNT] as any;
  const region = account.regions[REGION];
  const [first, second] = region.ec2.Instances;
  first.UserData = script('user data of an instance');
  delete first.UserDataBase64;
  first.Tags = [...(first.Tags ?? []), { Key: 'password', Value: SHOWN['the value of a tag'] }];
  second.UserDataBase64 = gzipSync(script('packed user data of an instance')).toString('base64');
  delete second.UserData;
  region.ec2.LaunchTemplateVersions[0].LaunchTemplateData.UserData = Buffer.from(
    script('user data of an old version of a launch template'),
  ).toString('base64');
  region.autoscaling.LaunchConfigurations[0].UserData = Buffer.from(
    script('user data of a launch configuration'),
  ).toString('base64');
  region.codebuild.Projects[0].environment.environmentVariables.push({
    name: 'API_TOKEN',
    value: PLANTED['an environment variable of a build project'],
    type: 'PLAINTEXT',
  });
  region.codepipeline.Pipelines[0].stages[0].actions[0].configuration.OAuthToken =
    PLANTED['the configuration of a pipeline'];
  region.ssm.Parameters = { ...region.ssm.Parameters, '/orders/db': PLANTED['a parameter'], ...parameters };
  region.secretsmanager = { ...region.secretsmanager, 'orders-db': PLANTED['a secret'] };
  account.iam.Roles.push(trusting('night-watch', {}));
  account.iam.Roles.push(
    trusting('partner', { StringEquals: { 'sts:ExternalId': SHOWN['a condition of a trust policy'] } }),
  );
  return world;
}

function trusting(name: string, Condition: object): object {
  const Principal = { AWS: [`arn:aws:iam::${ACCOUNT}:root`, 'arn:aws:iam::999988887777:root'] };
  return {
    RoleName: name,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', Condition }],
    },
    AttachedManagedPolicies: ['ReadOnlyAccess'],
  };
}

/** By what a secret may be recognised. */
export function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('hex').slice(0, 12);
}

/** A value as it is, and as it may be written in JSON, XML, HTML, a URL, hexadecimal, or as a part of something in base64. */
export function formsOf(value: string): string[] {
  const bytes = Buffer.from(value);
  const json = JSON.stringify(value).slice(1, -1);
  const marked = value.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const inBase64 = [0, 1, 2].flatMap((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // The first and last letters depend on what stands around the value.
    const middle = text.slice(offset === 0 ? 0 : offset + 1, Math.floor(((offset + bytes.length) * 8) / 6));
    return [middle, middle.replaceAll('+', '-').replaceAll('/', '_')];
  });
  const written = [value, json, JSON.stringify(json).slice(1, -1), marked, marked.replaceAll('&quot;', '&#34;')];
  const other = [encodeURIComponent(value), encodeURI(value), bytes.toString('hex'), value.replaceAll('"', '""')];
  return [...new Set([...written, ...other, ...inBase64])];
}

/** Everything that is in some bytes: themselves, and what was compressed or in base64 there. */
export function layersOf(bytes: Buffer): Buffer[] {
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return [bytes, ...layersOf(gunzipSync(bytes))];
  const packed = bytes.toString('latin1').match(/[A-Za-z0-9+/]{200,}={0,2}/g) ?? [];
  return [bytes, ...packed.flatMap((text) => opened(Buffer.from(text, 'base64')))];
}

function opened(bytes: Buffer): Buffer[] {
  try {
    return [bytes, inflateRawSync(bytes)];
  } catch {
    return [bytes];
  }
}

/** The names of the witnesses that hold a value in some form. */
export function holdersOf(value: string, witnesses: ReadonlyMap<string, readonly Buffer[]>): string[] {
  const forms = formsOf(value);
  return [...witnesses]
    .filter(([, layers]) => layers.some((layer) => forms.some((form) => layer.includes(form))))
    .map(([name]) => name);
}
