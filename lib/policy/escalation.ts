import type { Policy, Statement } from './document.ts';
import type { StatementRef } from './evaluate.ts';
import { type Authority, grantsAtLarge, grantsOn, resourcesOf } from './reach.ts';
import { matches } from './wildcard.ts';

/** A principal whose way to more privileges is looked for. */
export interface Subject extends Authority {
  readonly account: string;
  /** 'aws'. */
  readonly partition: string;
  /** Its ARN. */
  readonly arn: string;
  /** The ARNs of all that its privileges come from: its groups, the policies attached to it, its boundary. */
  readonly sources: readonly string[];
}

export interface EscalationOptions {
  /** Also the ways through something that runs with a stronger role already. Default: no. */
  readonly throughExisting?: boolean | undefined;
  /** Also the ways through permission sets: only in the account that manages IAM Identity Center. Default: no. */
  readonly throughPermissionSets?: boolean | undefined;
}

/** A way to more privileges that stands open: all of its actions are granted. */
export interface Escalation {
  /** ['iam:PassRole', 'ec2:RunInstances']. */
  readonly actions: readonly string[];
  /** The statements that grant them, each once. */
  readonly grantedBy: readonly StatementRef[];
}

type Kind = 'user' | 'group' | 'role' | 'policy';

/** Actions that give privileges to whatever they are done to: done to oneself, to the own group or policy, they are enough too. */
const GIVING: readonly (readonly [action: string, on: Kind])[] = [
  ['iam:CreatePolicyVersion', 'policy'],
  ['iam:SetDefaultPolicyVersion', 'policy'],
  ['iam:AttachUserPolicy', 'user'],
  ['iam:AttachGroupPolicy', 'group'],
  ['iam:AttachRolePolicy', 'role'],
  ['iam:PutUserPolicy', 'user'],
  ['iam:PutGroupPolicy', 'group'],
  ['iam:PutRolePolicy', 'role'],
];

/** Actions that make one act as somebody else, or join others: done to oneself they change nothing. */
const BECOMING: readonly (readonly [action: string, on: Kind])[] = [
  ['iam:CreateAccessKey', 'user'],
  ['iam:CreateLoginProfile', 'user'],
  ['iam:UpdateLoginProfile', 'user'],
  ['iam:UpdateAssumeRolePolicy', 'role'],
  ['iam:AddUserToGroup', 'group'],
];

/** Actions that take a permissions boundary away. */
const UNBINDING: readonly (readonly [action: string, on: Kind])[] = [
  ['iam:DeleteUserPermissionsBoundary', 'user'],
  ['iam:DeleteRolePermissionsBoundary', 'role'],
];

/** Actions on permission sets, which IAM Identity Center carries into the accounts of the organization. */
const PERMISSION_SETS = [
  'sso:AttachManagedPolicyToPermissionSet',
  'sso:AttachCustomerManagedPolicyReferenceToPermissionSet',
  'sso:PutInlinePolicyToPermissionSet',
];

/**
 * What makes a service run somebody's code or template with a role that is passed to it: the services that get the role, and the
 * actions besides iam:PassRole.
 */
const PASSING: readonly (readonly [passedTo: readonly string[], actions: readonly string[]])[] = [
  [['ec2.amazonaws.com'], ['ec2:RunInstances']],
  [['ec2.amazonaws.com'], ['ec2:RequestSpotInstances']],
  [['ec2.amazonaws.com'], ['ec2:AssociateIamInstanceProfile']],
  [['ec2.amazonaws.com'], ['ec2:ReplaceIamInstanceProfileAssociation']],
  [['ec2.amazonaws.com'], ['autoscaling:CreateAutoScalingGroup', 'autoscaling:CreateLaunchConfiguration']],
  [['ec2.amazonaws.com'], ['autoscaling:CreateAutoScalingGroup', 'ec2:CreateLaunchTemplate']],
  [['lambda.amazonaws.com'], ['lambda:CreateFunction', 'lambda:InvokeFunction']],
  [['lambda.amazonaws.com'], ['lambda:CreateFunction', 'lambda:AddPermission']],
  [['lambda.amazonaws.com'], ['lambda:CreateFunction', 'lambda:CreateEventSourceMapping']],
  [['cloudformation.amazonaws.com'], ['cloudformation:CreateStack']],
  [['cloudformation.amazonaws.com'], ['cloudformation:CreateChangeSet', 'cloudformation:ExecuteChangeSet']],
  [['cloudformation.amazonaws.com'], ['cloudformation:CreateStackSet', 'cloudformation:CreateStackInstances']],
  [['glue.amazonaws.com'], ['glue:CreateDevEndpoint']],
  [['glue.amazonaws.com'], ['glue:CreateJob', 'glue:StartJobRun']],
  [['glue.amazonaws.com'], ['glue:UpdateJob', 'glue:StartJobRun']],
  [['glue.amazonaws.com'], ['glue:CreateJob', 'glue:CreateTrigger']],
  [['codebuild.amazonaws.com'], ['codebuild:CreateProject', 'codebuild:StartBuild']],
  [['codebuild.amazonaws.com'], ['codebuild:CreateProject', 'codebuild:StartBuildBatch']],
  [['ecs-tasks.amazonaws.com'], ['ecs:RegisterTaskDefinition', 'ecs:RunTask']],
  [['ecs-tasks.amazonaws.com'], ['ecs:RegisterTaskDefinition', 'ecs:StartTask']],
  [['ecs-tasks.amazonaws.com'], ['ecs:RegisterTaskDefinition', 'ecs:CreateService']],
  [['ecs-tasks.amazonaws.com'], ['ecs:RegisterTaskDefinition', 'ecs:UpdateService']],
  [['ecs-tasks.amazonaws.com'], ['batch:RegisterJobDefinition', 'batch:SubmitJob']],
  [['sagemaker.amazonaws.com'], ['sagemaker:CreateNotebookInstance']],
  [['sagemaker.amazonaws.com'], ['sagemaker:CreateTrainingJob']],
  [['sagemaker.amazonaws.com'], ['sagemaker:CreateProcessingJob']],
  [['states.amazonaws.com'], ['states:CreateStateMachine', 'states:StartExecution']],
  [['scheduler.amazonaws.com'], ['scheduler:CreateSchedule']],
  [['tasks.apprunner.amazonaws.com', 'build.apprunner.amazonaws.com'], ['apprunner:CreateService']],
  [['cognito-identity.amazonaws.com'], ['cognito-identity:SetIdentityPoolRoles']],
  [['ssm.amazonaws.com'], ['ssm:CreateDocument', 'ssm:StartAutomationExecution']],
  [
    ['bedrock-agentcore.amazonaws.com'],
    [
      'bedrock-agentcore:CreateCodeInterpreter',
      'bedrock-agentcore:StartCodeInterpreterSession',
      'bedrock-agentcore:InvokeCodeInterpreter',
    ],
  ],
  [['elasticmapreduce.amazonaws.com', 'ec2.amazonaws.com'], ['elasticmapreduce:RunJobFlow']],
  [
    ['datapipeline.amazonaws.com', 'ec2.amazonaws.com'],
    ['datapipeline:CreatePipeline', 'datapipeline:PutPipelineDefinition', 'datapipeline:ActivatePipeline'],
  ],
];

/** Actions that take over what runs with a role already, and the service whose ARNs name it. */
const EXISTING: readonly (readonly [action: string, service: string])[] = [
  ['lambda:UpdateFunctionCode', 'lambda'],
  ['lambda:UpdateFunctionConfiguration', 'lambda'],
  ['ssm:SendCommand', 'ec2'],
  ['ssm:StartSession', 'ec2'],
  ['ec2-instance-connect:SendSSHPublicKey', 'ec2'],
  ['cloudformation:UpdateStack', 'cloudformation'],
  ['codebuild:StartBuild', 'codebuild'],
  ['glue:UpdateDevEndpoint', 'glue'],
  ['ecs:ExecuteCommand', 'ecs'],
];

/** All actions that some way consists of. */
export const ESCALATION_ACTIONS: readonly string[] = [
  'iam:PassRole',
  ...[...GIVING, ...BECOMING, ...UNBINDING, ...EXISTING].map(([action]) => action),
  ...PERMISSION_SETS,
  ...new Set(PASSING.flatMap(([, actions]) => actions)),
];

/**
 * The ways on which a principal can get more privileges than it has, before organization policies. The action that decides must
 * be granted on targets at large (see `grantsAtLarge`), or on the principal itself where that is enough; iam:PassRole for a
 * service that the way goes through. Conditions other than iam:PassedToService are taken as met.
 */
export function escalations(
  subject: Subject,
  { throughExisting = false, throughPermissionSets = false }: EscalationOptions = {},
): readonly Escalation[] {
  const self = resolved(subject);
  const passable = passesAnyRole(self).length > 0 ? PASSING : [];
  return [
    ...GIVING.flatMap(([action, on]) => way([action], [onOwn(self, action, on), onOthers(self, action, on)])),
    ...BECOMING.flatMap(([action, on]) => way([action], [onOthers(self, action, on)])),
    ...UNBINDING.flatMap(([action, on]) =>
      way([action], [self.boundary ? onOwn(self, action, on) : [], onOthers(self, action, on)]),
    ),
    ...(throughPermissionSets ? PERMISSION_SETS.flatMap((action) => way([action], [onService(self, action)])) : []),
    ...passable.flatMap(([passedTo, actions]) => passing(self, passedTo, actions)),
    ...(throughExisting
      ? EXISTING.flatMap(([action, service]) => way([action], [onService(self, action, service)]))
      : []),
  ];
}

/** The statements that grant iam:PassRole for roles at large: any of the account's, or all of some path. */
export function passesAnyRole(subject: Authority & Pick<Subject, 'account' | 'partition'>): readonly StatementRef[] {
  return grantsAtLarge(subject, { action: 'iam:PassRole', targets: allOf('role', subject) });
}

function passing(self: Subject, passedTo: readonly string[], actions: readonly string[]): readonly Escalation[] {
  const granted: (readonly StatementRef[])[] = [];
  for (const action of actions) {
    const targets = resourcesOf(action, self.partition);
    // A role that is passed needs one new thing to run in, whatever its name.
    const grantedBy = grantsAtLarge(self, { action, targets, isAnyEnough: true });
    if (grantedBy.length === 0) return [];
    granted.push(grantedBy);
  }
  const passed = grantsAtLarge(self, { action: 'iam:PassRole', targets: allOf('role', self), passedTo });
  return passed.length > 0 ? way(['iam:PassRole', ...actions], [passed, ...granted]) : [];
}

/** An escalation, unless nothing grants it. */
function way(actions: readonly string[], granted: readonly (readonly StatementRef[])[]): readonly Escalation[] {
  const grantedBy = once(granted.flat());
  return grantedBy.length > 0 ? [{ actions, grantedBy }] : [];
}

function onOthers(self: Subject, action: string, on: Kind): readonly StatementRef[] {
  return grantsAtLarge(self, { action, targets: allOf(on, self) });
}

function onOwn(self: Subject, action: string, on: Kind): readonly StatementRef[] {
  const targets = allOf(on, self);
  const own = [self.arn, ...self.sources].filter((arn) => matches(targets, arn));
  return own.flatMap((arn) => grantsOn(self, action, arn));
}

function onService(self: Subject, action: string, service = action): readonly StatementRef[] {
  return grantsAtLarge(self, { action, targets: resourcesOf(service, self.partition) });
}

function allOf(kind: Kind, { account, partition }: Pick<Subject, 'account' | 'partition'>): string {
  return `arn:${partition}:iam::${account}:${kind}/*`;
}

function once(refs: readonly StatementRef[]): readonly StatementRef[] {
  return refs.filter(
    ({ policy, statement }, index) =>
      refs.findIndex((one) => one.policy === policy && one.statement === statement) === index,
  );
}

const USER_NAME = /\$\{aws:username\}/gi;

/** The subject with its own name in place of `${aws:username}`. Only users have one (AWS global condition context keys). */
function resolved(subject: Subject): Subject {
  const [, path] = subject.arn.split(':user/');
  const name = path?.split('/').at(-1);
  if (name === undefined) return subject;
  const named = (policies: readonly Policy[]) => policies.map((policy) => withName(policy, name));
  return { ...subject, policies: named(subject.policies), boundary: subject.boundary && named(subject.boundary) };
}

function withName(policy: Policy, name: string): Policy {
  const fill = (list: readonly string[] | undefined) => list?.map((one) => one.replaceAll(USER_NAME, () => name));
  const fillAll = (statement: Statement): Statement => {
    const { resources, notResources } = statement;
    if (![...(resources ?? []), ...(notResources ?? [])].some((one) => one.includes('${'))) return statement;
    return { ...statement, resources: fill(resources), notResources: fill(notResources) };
  };
  return { ...policy, statements: policy.statements.map(fillAll) };
}
