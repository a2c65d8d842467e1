interface Managed {
  readonly path?: string;
  readonly statements: readonly object[];
}
const allow = (Action: string | readonly string[], Resource = '*') => ({ Effect: 'Allow', Action, Resource });

/** AWS managed policies as the emulator answers them; the long ones are shortened to what characterises them. */
export const AWS_MANAGED_POLICIES: Readonly<Record<string, Managed>> = {
  AdministratorAccess: { statements: [allow('*')] },
  PowerUserAccess: {
    statements: [
      { Effect: 'Allow', NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' },
      allow([
        'account:GetAccountInformation',
        'account:ListRegions',
        'iam:ListRoles',
        'organizations:DescribeOrganization',
      ]),
    ],
  },
  ReadOnlyAccess: {
    statements: [allow(['cloudtrail:Describe*', 'ec2:Describe*', 'iam:Get*', 'iam:List*', 's3:Get*', 's3:List*'])],
  },
  SecurityAudit: {
    statements: [allow(['cloudtrail:Describe*', 'ec2:Describe*', 'iam:GetAccount*', 'iam:List*', 's3:GetBucket*'])],
  },
  AWSSupportAccess: { statements: [allow(['support:*', 'supportplans:Get*'])] },
  ViewOnlyAccess: { path: 'job-function/', statements: [allow(['ec2:Describe*', 'iam:List*', 's3:ListAllMyBuckets'])] },
  Billing: { path: 'job-function/', statements: [allow(['aws-portal:*Billing', 'budgets:ViewBudget', 'ce:Get*'])] },
  IAMUserChangePassword: {
    statements: [
      allow(['iam:ChangePassword'], 'arn:aws:iam::*:user/${aws:username}'),
      allow(['iam:GetAccountPasswordPolicy']),
    ],
  },
  AWSCloudShellFullAccess: { statements: [allow('cloudshell:*')] },
  AmazonS3ReadOnlyAccess: { statements: [allow(['s3:Get*', 's3:List*', 's3:Describe*'])] },
  AmazonSSMManagedInstanceCore: {
    statements: [
      allow(['ssm:UpdateInstanceInformation', 'ssmmessages:CreateControlChannel', 'ec2messages:GetMessages']),
    ],
  },
  AWSCodeDeployRole: {
    path: 'service-role/',
    statements: [
      allow([
        'autoscaling:PutLifecycleHook',
        'ec2:DescribeInstances',
        'ec2:TerminateInstances',
        'elasticloadbalancing:RegisterTargets',
        'sns:Publish',
      ]),
    ],
  },
  AWSLambdaBasicExecutionRole: {
    path: 'service-role/',
    statements: [allow(['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'])],
  },
};
