import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

export const run = promisify(execFile);
export const root = new URL('../../', import.meta.url).pathname;

export interface Statement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Principal?: unknown;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
export interface Template {
  readonly Resources: Readonly<
    Record<string, Readonly<{ Type: string; Condition?: string; DeletionPolicy?: string; Properties: any }>>
  >;
  readonly Parameters: Readonly<Record<string, { readonly Default: string }>>;
}

/** A packaged stack in a folder of its own: the archives and the template lie in `package`, and the framework runs in `folder`. */
export interface Stack {
  readonly folder: string;
  readonly package: string;
  readonly template: Template;
}

/**
 * Packages the stack without credentials, home or network settings of this machine. The framework keeps notes in the service's folder,
 * so two packagings at once need two of them: a copy of serverless.yml beside links to the rest.
 */
export async function packaged(...options: string[]): Promise<Stack> {
  const folder = await mkdtemp(join(tmpdir(), 'ronda-stack-'));
  await copyFile(join(root, 'serverless.yml'), join(folder, 'serverless.yml'));
  await mkdir(join(root, 'dist'), { recursive: true });
  for (const name of ['checks', 'dist', 'functions', 'infra', 'lib', 'node_modules', 'package.json'])
    await symlink(join(root, name), join(folder, name));
  await osls(folder, ['package', '--package', 'package', ...options]);
  const made = join(folder, 'package');
  return { folder, package: made, template: JSON.parse(await readFile(join(made, TEMPLATE), 'utf8')) as Template };
}

export const TEMPLATE = 'cloudformation-template-update-stack.json';

/** Runs the framework in a stack's folder, with this environment and nothing else of this process's. */
export async function osls(
  folder: string,
  options: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const done = run(process.execPath, [join(root, 'node_modules/osls/bin/serverless.js'), ...options], {
    cwd: folder,
    // Asks how a deployment goes twice a second, in place of every five.
    env: { PATH: process.env['PATH'], HOME: folder, SLS_AWS_MONITORING_FREQUENCY: '500', ...environment },
  });
  await done.catch(({ stdout, stderr }: { stdout: string; stderr: string }) => {
    throw new Error(`osls ${options[0]} failed: ${stdout}${stderr}`);
  });
}

/** Whether a program is installed. Where everything must be (CI), a missing one is an error. */
export async function isInstalled(program: string): Promise<boolean> {
  try {
    await run('sh', ['-c', `command -v ${program}`]);
    return true;
  } catch (error) {
    if (process.env['CI'] === 'true') throw error;
    console.warn(`SKIPPED: ${program} is not installed`);
    return false;
  }
}

/** What CloudFormation would make of a part of the template in one account, near enough to read: Ref, GetAtt, Sub, Join, Select, Split and If. */
export function resolved(value: any, template: Template, parameters: Readonly<Record<string, string>> = {}): any {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': '111122223333',
    'AWS::Partition': 'aws',
    'AWS::Region': 'eu-west-1',
    'AWS::StackName': 'ronda-dev',
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const named = (name: string): string => {
    const [resource, attribute] = name.split('.') as [string, string | undefined];
    return (
      pseudo[name] ??
      parameters[name] ??
      template.Parameters[name]?.Default ??
      (attribute === undefined || attribute === 'Arn' ? resource : name)
    );
  };
  const holds = (condition: string): boolean => {
    const set = (parameter: string) => named(parameter) !== '';
    if (condition === 'HasKey') return named('Encryption') === 'kms';
    if (condition === 'HasDashboard') return named('Dashboard') === 'true';
    if (condition === 'HasWebhook') return set('WebhookParameter') || set('WebhookSecret');
    return set(condition.replace('Has', ''));
  };
  const visit = (part: any): any => {
    if (Array.isArray(part)) return part.map(visit).filter((item) => item !== undefined);
    if (typeof part !== 'object' || part === null) return part;
    if ('Ref' in part) return part.Ref === 'AWS::NoValue' ? undefined : named(part.Ref);
    if ('Fn::GetAtt' in part) return named(part['Fn::GetAtt'].join('.'));
    if ('Fn::Sub' in part) {
      const [text, own] = Array.isArray(part['Fn::Sub']) ? part['Fn::Sub'] : [part['Fn::Sub'], {}];
      const values = visit(own) as Readonly<Record<string, string>>;
      const filled = (name: string) => (name.startsWith('!') ? `\${${name.slice(1)}}` : (values[name] ?? named(name)));
      return text.replaceAll(/\$\{([^}]+)\}/g, (_: string, name: string) => filled(name));
    }
    if ('Fn::Join' in part) return visit(part['Fn::Join'][1]).join(part['Fn::Join'][0]);
    if ('Fn::Split' in part) return visit(part['Fn::Split'][1]).split(part['Fn::Split'][0]);
    if ('Fn::If' in part) return visit(holds(part['Fn::If'][0]) ? part['Fn::If'][1] : part['Fn::If'][2]);
    if ('Fn::Select' in part) return 'the-id-of-the-stack';
    return Object.fromEntries(
      Object.entries(part)
        .map(([key, item]) => [key, visit(item)])
        .filter(([, item]) => item !== undefined),
    );
  };
  return visit(value);
}
