import type { Project } from '@aws-sdk/client-codebuild';
import type { DeploymentGroupInfo } from '@aws-sdk/client-codedeploy';
import type { PipelineDeclaration } from '@aws-sdk/client-codepipeline';
import { arn, LONG_AGO, uuid, type Described, type Place } from './common.ts';

/** A CodeDeploy application with its deployment groups. */
export interface Application {
  applicationName: string;
  deploymentGroups?: Described<DeploymentGroupInfo>[];
}

export function projectOf(project: Described<Project>, place: Place): Described<Project> {
  return {
    arn: arn('codebuild', place, `project/${project.name}`),
    source: { type: 'CODEPIPELINE', insecureSsl: false },
    artifacts: { type: 'CODEPIPELINE', name: project.name },
    cache: { type: 'NO_CACHE' },
    environment: {
      type: 'LINUX_CONTAINER',
      image: 'aws/codebuild/amazonlinux-x86_64-standard:5.0',
      computeType: 'BUILD_GENERAL1_SMALL',
      environmentVariables: [],
      privilegedMode: false,
      imagePullCredentialsType: 'CODEBUILD',
    },
    timeoutInMinutes: 60,
    queuedTimeoutInMinutes: 480,
    encryptionKey: arn('kms', place, 'alias/aws/s3'),
    tags: [],
    created: LONG_AGO,
    lastModified: LONG_AGO,
    badge: { badgeEnabled: false },
    projectVisibility: 'PRIVATE',
    ...project,
  };
}

export function pipelineOf(pipeline: Described<PipelineDeclaration>): Described<PipelineDeclaration> {
  return { version: 1, executionMode: 'SUPERSEDED', pipelineType: 'V2', ...pipeline };
}

export function applicationOf({ applicationName, deploymentGroups = [] }: Application, place: Place): Application {
  return {
    applicationName,
    deploymentGroups: deploymentGroups.map((group) => ({
      applicationName,
      deploymentGroupId: uuid(place.account, place.region, applicationName, group.deploymentGroupName ?? ''),
      deploymentConfigName: 'CodeDeployDefault.OneAtATime',
      deploymentStyle: { deploymentType: 'IN_PLACE', deploymentOption: 'WITHOUT_TRAFFIC_CONTROL' },
      computePlatform: 'Server',
      terminationHookEnabled: false,
      ...group,
    })),
  };
}
