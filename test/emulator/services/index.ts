import { accessanalyzer } from './accessanalyzer.ts';
import { account } from './account.ts';
import { cloudtrail } from './cloudtrail.ts';
import { codebuild } from './codebuild.ts';
import { codedeploy } from './codedeploy.ts';
import { codepipeline } from './codepipeline.ts';
import type { Handler } from './context.ts';
import { ec2 } from './ec2.ts';
import { iam } from './iam.ts';
import { kms } from './kms.ts';
import { elasticloadbalancing, elasticloadbalancingv2 } from './load-balancers.ts';
import { secretsmanager, sns, ssm } from './messages.ts';
import { organizations } from './organizations.ts';
import { rds } from './rds.ts';
import { s3 } from './s3.ts';
import { s3control } from './s3control.ts';
import { sts } from './sts.ts';
import { autoscaling, dax, elasticache, redshift } from './subnet-groups.ts';

/** What the emulator can answer: service -> operation -> handler. */
export const SERVICES: Readonly<Record<string, Readonly<Record<string, Handler>>>> = {
  'access-analyzer': accessanalyzer,
  account,
  autoscaling,
  cloudtrail,
  codebuild,
  codedeploy,
  codepipeline,
  dax,
  ec2,
  elasticache,
  elasticloadbalancing,
  elasticloadbalancingv2,
  iam,
  kms,
  organizations,
  rds,
  redshift,
  s3,
  s3control,
  secretsmanager,
  sns,
  ssm,
  sts,
};

/** Operations whose answers depend on what happened before, so that they must not be kept. */
const STATEFUL = new Set([
  'iam:GenerateCredentialReport',
  'iam:GetCredentialReport',
  'sns:Publish',
  'sts:AssumeRole',
  'sts:GetCallerIdentity',
  's3:AbortMultipartUpload',
  's3:CompleteMultipartUpload',
  's3:CreateMultipartUpload',
  's3:DeleteObject',
  's3:DeleteObjects',
  's3:GetObject',
  's3:HeadObject',
  's3:ListObjectsV2',
  's3:PutObject',
  's3:UploadPart',
]);

export function isStatic(service: string, operation: string): boolean {
  return !STATEFUL.has(`${service}:${operation}`);
}
