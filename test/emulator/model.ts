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
import { NormalizedSchema } from '@smithy/core/schema';

export type Protocol = 'query' | 'ec2' | 'rest-xml' | 'rest-json' | 'json';

/** One operation as the SDK's own runtime schema describes it. */
export interface OperationModel {
  readonly name: string;
  readonly input: NormalizedSchema;
  readonly output: NormalizedSchema;
  /** Method, URI template and success status of a REST operation. */
  readonly http: readonly [method: string, uri: string, status: number] | undefined;
}

export interface ServiceModel {
  /** The name in the credential scope, but for S3 Control, which signs as `s3`, and for the second API of load balancers. */
  readonly service: string;
  readonly protocol: Protocol;
  readonly namespace: string;
  readonly operations: ReadonlyMap<string, OperationModel>;
  /** Reads a request body of a REST protocol with the client's own codec. */
  readonly readBody: (schema: NormalizedSchema, body: Buffer) => unknown;
}

const MODELS = [
  ['access-analyzer', accessanalyzer, accessanalyzer.AccessAnalyzerClient],
  ['account', account, account.AccountClient],
  ['autoscaling', autoscaling, autoscaling.AutoScalingClient],
  ['cloudtrail', cloudtrail, cloudtrail.CloudTrailClient],
  ['codebuild', codebuild, codebuild.CodeBuildClient],
  ['codedeploy', codedeploy, codedeploy.CodeDeployClient],
  ['codepipeline', codepipeline, codepipeline.CodePipelineClient],
  ['dax', dax, dax.DAXClient],
  ['ec2', ec2, ec2.EC2Client],
  ['elasticache', elasticache, elasticache.ElastiCacheClient],
  ['elasticloadbalancing', elasticloadbalancing, elasticloadbalancing.ElasticLoadBalancingClient],
  ['elasticloadbalancingv2', elasticloadbalancingv2, elasticloadbalancingv2.ElasticLoadBalancingV2Client],
  ['iam', iam, iam.IAMClient],
  ['kms', kms, kms.KMSClient],
  ['organizations', organizations, organizations.OrganizationsClient],
  ['rds', rds, rds.RDSClient],
  ['redshift', redshift, redshift.RedshiftClient],
  ['s3', s3, s3.S3Client],
  ['s3control', s3control, s3control.S3ControlClient],
  ['secretsmanager', secretsmanager, secretsmanager.SecretsManagerClient],
  ['sns', sns, sns.SNSClient],
  ['ssm', ssm, ssm.SSMClient],
  ['sts', sts, sts.STSClient],
] as const;

const PROTOCOLS: Record<string, Protocol> = {
  'aws.protocols#awsQuery': 'query',
  'aws.protocols#ec2Query': 'ec2',
  'aws.protocols#restXml': 'rest-xml',
  'aws.protocols#restJson1': 'rest-json',
  'aws.protocols#awsJson1_0': 'json',
  'aws.protocols#awsJson1_1': 'json',
};

type Schema = Parameters<typeof NormalizedSchema.of>[0];
interface ClientProtocol {
  getShapeId(): string;
  getPayloadCodec(): { createDeserializer(): { read(schema: Schema, body: Uint8Array): unknown } };
}

function serviceModel(
  service: string,
  exported: Record<string, unknown>,
  Client: new (config: { region: string }) => { config: object; destroy(): void },
): ServiceModel {
  const client = new Client({ region: 'us-east-1' });
  const config = client.config as { protocol: ClientProtocol; protocolSettings: { xmlNamespace?: string } };
  const protocol = PROTOCOLS[config.protocol.getShapeId()];
  if (!protocol) throw new TypeError(`${service}: the emulator does not speak ${config.protocol.getShapeId()}`);
  client.destroy();
  return {
    service,
    protocol,
    namespace: config.protocolSettings.xmlNamespace ?? '',
    operations: operationsOf(exported),
    // The codec of JSON reads in its own time; a request's body needs no codec.
    readBody: (schema, body) =>
      protocol === 'rest-json'
        ? JSON.parse(body.toString())
        : config.protocol.getPayloadCodec().createDeserializer().read(schema, body),
  };
}

/** A static operation schema: tag 9, namespace, name, traits, input, output. */
type OperationSchema = readonly [9, string, string, { http?: OperationModel['http'] } | 0, Schema, Schema];

function operationsOf(exported: Record<string, unknown>): Map<string, OperationModel> {
  const operations = new Map<string, OperationModel>();
  for (const value of Object.values(exported)) {
    if (!Array.isArray(value) || value[0] !== 9) continue;
    const [, , name, traits, input, output] = value as unknown as OperationSchema;
    const http = traits === 0 ? undefined : traits.http;
    operations.set(name, { name, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output), http });
  }
  return operations;
}

/** The models of all services that the emulator knows, by name. */
export const MODEL: ReadonlyMap<string, ServiceModel> = new Map(
  MODELS.map(([service, exported, Client]) => [service, serviceModel(service, exported, Client as never)]),
);
