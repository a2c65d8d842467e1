import { stringify } from 'yaml';

const HEADER = `# Generated from what the checks read (\`ronda role --member\`); do not edit.
# The role that enters one account of the organization: deploy it to all of them as a stack set with service-managed permissions, and once
# as a stack in the management account, which such stack sets leave out. docs/deployment.md says how.
`;

const isSet = (parameter: string) => ({ 'Fn::Not': [{ 'Fn::Equals': [{ Ref: parameter }, ''] }] });
const sub = (text: string) => ({ 'Fn::Sub': text });

/** The CloudFormation template of the member role: it may read what the checks read, and is denied all reading of data. */
export function memberRole(policy: object): string {
  const template = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: 'Ronda: lets the nightly run of another account read the configuration of this one, and no data',
    Parameters: {
      AuditAccount: {
        Type: 'String',
        Description: 'The account that the stack of Ronda runs in',
        AllowedPattern: String.raw`^\d{12}$`,
      },
      AuditStack: {
        Type: 'String',
        Description: 'The name of that stack: only its functions may assume the role',
        AllowedPattern: '^[A-Za-z][A-Za-z0-9-]{0,127}$',
        Default: 'ronda-dev',
      },
      ExternalId: {
        Type: 'String',
        Description: 'The output ExternalId of that stack',
        MinLength: 8,
      },
      RoleName: {
        Type: 'String',
        Description: 'The parameter memberRole of that stack',
        AllowedPattern: '^[A-Za-z0-9+=,.@_-]{1,64}$',
        Default: 'ronda-member',
      },
      PermissionsBoundary: {
        Type: 'String',
        Description: 'The ARN of a policy that bounds the role, where the account asks for one',
        Default: '',
      },
      AlsoTrusted: {
        Type: 'String',
        Description: 'The ARN, or a pattern of it, of a role of the audit account whose people may run Ronda by hand',
        Default: '',
      },
    },
    Conditions: { HasBoundary: isSet('PermissionsBoundary'), HasPeople: isSet('AlsoTrusted') },
    Resources: {
      MemberRole: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: { Ref: 'RoleName' },
          Description: 'Reads the configuration of the account, and no data',
          MaxSessionDuration: 3600,
          PermissionsBoundary: { 'Fn::If': ['HasBoundary', { Ref: 'PermissionsBoundary' }, { Ref: 'AWS::NoValue' }] },
          AssumeRolePolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              {
                Sid: 'OnlyTheRunOfTheAuditAccount',
                Effect: 'Allow',
                // The account, narrowed by its roles' names: a role named itself would be lost for good when it is made anew.
                Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AuditAccount}:root') },
                Action: 'sts:AssumeRole',
                Condition: {
                  StringEquals: { 'sts:ExternalId': { Ref: 'ExternalId' } },
                  ArnLike: {
                    'aws:PrincipalArn': [
                      ...['PlanRole', 'CollectRole', 'DoctorRole'].map((role) =>
                        sub(`arn:\${AWS::Partition}:iam::\${AuditAccount}:role/\${AuditStack}-${role}-*`),
                      ),
                      { 'Fn::If': ['HasPeople', { Ref: 'AlsoTrusted' }, { Ref: 'AWS::NoValue' }] },
                    ],
                  },
                },
              },
            ],
          },
          Policies: [{ PolicyName: 'scan', PolicyDocument: policy }],
        },
      },
    },
    Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['MemberRole', 'Arn'] } } },
  };
  return HEADER + stringify(template, { lineWidth: 0, version: '1.1' });
}
