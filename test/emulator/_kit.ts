import dns from 'node:dns';
import http from 'node:http';
import * as accessanalyzer from '@aws-sdk/client-accessanalyzer';
import * as account from '@aws-sdk/client-account';
import * as autoscaling from '@aws-sdk/client-auto-scaling';
import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as codebuild from '@aws-sdk/client-codebuild';
import * as codedeploy from '@aws-sdk/client-codedeploy';
import * as codepipeline from '@aws-sdk/client-codepipeline';
import * as dax from '@aws-sdk/client-dax';
import * as ec2 from '@aws-sdk/client-ec2';
import * as elasticloadbalancing from '@aws-sdk/client-elastic-load-balancing';
import * as elasticloadbalancingv2 from '@aws-sdk/client-elastic-load-balancing-v2';
import * as elasticache from '@aws-sdk/client-elasticache';
import * as iam from '@aws-sdk/client-iam';
import * as kms from '@aws-sdk/client-kms';
import * as organizations from '@aws-sdk/client-organizations';
import * as rds from '@aws-sdk/client-rds';
import * as redshift from '@aws-sdk/client-redshift';
import * as s3 from '@aws-sdk/client-s3';
import * as s3control from '@aws-sdk/client-s3-control';
import * as secretsmanager from '@aws-sdk/client-secrets-manager';
import * as sns from '@aws-sdk/client-sns';
import * as ssm from '@aws-sdk/client-ssm';
import * as sts from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { afterAll } from 'vitest';
import { startEmulator, type Emulator, type EmulatorOptions } from './server.ts';
import type { AccountFile, WorldFile } from './world.ts';

/** The moment at which the tests' worlds are loaded. */
export const NOW = new Date('2026-06-01T12:00:00.000Z');
export const ACCOUNT = '111122223333';
export const SANDBOX = '444455556666';

type Any = any;
type ClientClass = new (config: object) => { send(command: Any): Promise<Any>; destroy(): void };
const SDK: Record<string, readonly [module: Record<string, Any>, Client: ClientClass]> = {
  'access-analyzer': [accessanalyzer, accessanalyzer.AccessAnalyzerClient],
  account: [account, account.AccountClient],
  autoscaling: [autoscaling, autoscaling.AutoScalingClient],
  cloudtrail: [cloudtrail, cloudtrail.CloudTrailClient],
  codebuild: [codebuild, codebuild.CodeBuildClient],
  codedeploy: [codedeploy, codedeploy.CodeDeployClient],
  codepipeline: [codepipeline, codepipeline.CodePipelineClient],
  dax: [dax, dax.DAXClient],
  ec2: [ec2, ec2.EC2Client],
  elasticache: [elasticache, elasticache.ElastiCacheClient],
  elasticloadbalancing: [elasticloadbalancing, elasticloadbalancing.ElasticLoadBalancingClient],
  elasticloadbalancingv2: [elasticloadbalancingv2, elasticloadbalancingv2.ElasticLoadBalancingV2Client],
  iam: [iam, iam.IAMClient],
  kms: [kms, kms.KMSClient],
  organizations: [organizations, organizations.OrganizationsClient],
  rds: [rds, rds.RDSClient],
  redshift: [redshift, redshift.RedshiftClient],
  s3: [s3, s3.S3Client],
  s3control: [s3control, s3control.S3ControlClient],
  secretsmanager: [secretsmanager, secretsmanager.SecretsManagerClient],
  sns: [sns, sns.SNSClient],
  ssm: [ssm, ssm.SSMClient],
  sts: [sts, sts.STSClient],
};

interface Where {
  readonly region?: string;
  readonly accessKeyId?: string;
  /** Further configuration of the client, which is then a client of its own. */
  readonly config?: object;
}

export interface Kit {
  readonly emulator: Emulator;
  /** A real client of the SDK. */
  readonly client: (service: string, where?: Where) => Any;
  /** Sends one operation through a real client and returns the output without its metadata. */
  readonly call: (service: string, operation: string, input?: object, where?: Where) => Promise<Any>;
  /** The error that the operation fails with. */
  readonly failure: (service: string, operation: string, input?: object, where?: Where) => Promise<Any>;
  /** All pages of an operation through the SDK's own paginator. */
  readonly pages: (service: string, operation: string, input: object, where?: Where) => Promise<Any[]>;
}

/** Starts an emulator for the tests of a file, and clients of the SDK for it. */
export async function kit(options: EmulatorOptions = {}): Promise<Kit> {
  const emulator = await startEmulator({ now: NOW, ...options });
  const clients = new Map<string, { send(command: Any): Promise<Any>; destroy(): void }>();
  afterAll(async () => {
    for (const client of clients.values()) client.destroy();
    await emulator.close();
  });

  function client(service: string, { region = 'eu-west-1', accessKeyId = 'emulated', config }: Where = {}) {
    const key = [service, region, accessKeyId, config ? JSON.stringify(config) + clients.size : ''].join();
    const existing = clients.get(key);
    if (existing) return existing;
    const made = new SDK[service]![1]({
      region,
      endpoint: emulator.endpoint,
      credentials: { accessKeyId, secretAccessKey: 'emulated' },
      maxAttempts: 1,
      ...(service === 's3control' ? forS3Control(emulator.endpoint) : {}),
      ...config,
    });
    clients.set(key, made);
    return made;
  }

  async function call(service: string, operation: string, input: object = {}, where?: Where) {
    const Command = SDK[service]![0][`${operation}Command`];
    const { $metadata: _metadata, ...output } = await client(service, where).send(new Command(input));
    return output;
  }

  async function failure(service: string, operation: string, input: object = {}, where?: Where) {
    try {
      await call(service, operation, input, where);
    } catch (error) {
      return error;
    }
    throw new Error(`${service}:${operation} did not fail`);
  }

  async function pages(service: string, operation: string, input: object, where?: Where) {
    const paginate = SDK[service]![0][`paginate${operation}`];
    return Array.fromAsync(paginate({ client: client(service, where) }, input));
  }
  return { emulator, client, call, failure, pages };
}

/** S3 Control puts the account into the host name, which an address cannot carry and a resolver may not know. */
function forS3Control(endpoint: string): object {
  const lookup: typeof dns.lookup = ((_host: string, options: { all?: boolean }, callback: Any) =>
    options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)) as Any;
  return {
    endpoint: endpoint.replace('127.0.0.1', 'localhost'),
    requestHandler: new NodeHttpHandler({ httpAgent: new http.Agent({ keepAlive: true, lookup }) }),
  };
}

/** A world of one account. */
export function worldWith(account: AccountFile): WorldFile {
  return { accounts: { [ACCOUNT]: account } };
}
