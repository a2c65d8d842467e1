import {
  AutoScalingClient,
  type AutoScalingGroup,
  type LaunchConfiguration,
  type LaunchTemplateOverrides,
  type LaunchTemplateSpecification,
  paginateDescribeAutoScalingGroups,
  paginateDescribeLaunchConfigurations,
} from '@aws-sdk/client-auto-scaling';
import { each, listed } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { readUserData } from '../../lib/secrets/user-data.ts';
import { supportOf, supportSources } from '../ec2/_sources.ts';

const autoscaling = service(AutoScalingClient);
const describeGroups = autoscaling.pages(paginateDescribeAutoScalingGroups, 'autoscaling:DescribeAutoScalingGroups');
const describeLaunchConfigurations = autoscaling.pages(
  paginateDescribeLaunchConfigurations,
  'autoscaling:DescribeLaunchConfigurations',
);

/** A launch template that a group names: by id, by name, or by both. */
export interface LaunchTemplateUse {
  readonly id: string | null;
  readonly name: string | null;
  /** A number, '$Latest' or '$Default'. */
  readonly version: string;
  /** The AMI that the group sets in place of the template's. */
  readonly image: string | null;
}

export type Group = ReturnType<typeof groupOf>;

/** The groups of a region; shared with what asks which launch templates they use. */
export const autoScalingGroups = source([describeGroups], async (aws) => {
  const groups: Group[] = [];
  for await (const page of aws.pages(describeGroups, { MaxRecords: 100, IncludeInstances: false })) {
    groups.push(...listed(page.AutoScalingGroups).map(groupOf));
  }
  return groups;
});

export const autoScalingGroup = resource('AWS::AutoScaling::AutoScalingGroup', {
  scope: 'regional',
  operations: [autoScalingGroups],
  async *list(aws) {
    yield* await aws.read(autoScalingGroups);
  },
  found: ({ name, arn, tags, launchTemplates }) => ({ id: name, arn, tags, base: { launchTemplates } }),
});

export const launchConfiguration = resource(
  'AWS::AutoScaling::LaunchConfiguration',
  {
    scope: 'regional',
    operations: [describeLaunchConfigurations],
    list: paged(describeLaunchConfigurations, { MaxRecords: 100 }, (page) => page.LaunchConfigurations?.map(scanned)),
    found: (c) => ({
      id: c.LaunchConfigurationName,
      arn: c.LaunchConfigurationARN,
      base: {
        image: c.ImageId ?? null,
        httpTokens: c.MetadataOptions?.HttpTokens ?? null,
        httpEndpoint: c.MetadataOptions?.HttpEndpoint ?? null,
        /** Null: the subnet decides. */
        publicIp: c.AssociatePublicIpAddress ?? null,
        script: c.script,
      },
    }),
  },
  (facet) => ({
    /** What its AMI says of IMDSv2 where that decides; null where it does not, or is not known. */
    imdsSupport: facet(supportSources, (aws, configuration) => supportOf(configuration, aws)),
    /** The names of the groups that launch it. */
    inUse: facet([autoScalingGroups], async (aws, { id }) => {
      const groups = await aws.read(autoScalingGroups);
      return each(
        groups.filter((group) => group.launchConfiguration === id),
        ({ name }) => name,
      );
    }),
    /** As for launch templates, of which a launch configuration is like the only version. */
    userData: facet([], async (_aws, { script }) => script && [{ version: null, ...script }]),
  }),
);

/** User data is searched and let go: it may hold secrets. */
function scanned({ UserData, ...configuration }: LaunchConfiguration) {
  return { ...configuration, script: readUserData(UserData ?? '') };
}

function groupOf(group: AutoScalingGroup) {
  return {
    name: group.AutoScalingGroupName,
    arn: group.AutoScalingGroupARN,
    tags: tagsOf(group.Tags),
    launchTemplates: launchTemplatesOf(group),
    launchConfiguration: group.LaunchConfigurationName ?? null,
    subnets: group.VPCZoneIdentifier?.split(',').filter((id) => id !== '') ?? [],
  };
}

/** None for a group with a launch configuration. Undefined for one that names nothing to launch: it always does. */
function launchTemplatesOf(group: AutoScalingGroup): LaunchTemplateUse[] | undefined {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
  if (!group.LaunchTemplate && !mixed && !group.LaunchConfigurationName) return undefined;
  const own = [group.LaunchTemplate, mixed?.LaunchTemplateSpecification].filter((named) => named !== undefined);
  const overriding = (mixed?.Overrides ?? []).filter(isOtherLaunch);
  return each(
    [
      ...own.map((specification) => ({ specification, image: null })),
      ...overriding.map(({ LaunchTemplateSpecification: other, ImageId }) => {
        return { specification: other ?? mixed?.LaunchTemplateSpecification, image: ImageId ?? null };
      }),
    ],
    ({ specification, image }) => useOf(specification, image),
  );
}

/** Most overrides only name another instance type. */
function isOtherLaunch(override: LaunchTemplateOverrides): boolean {
  return override.LaunchTemplateSpecification !== undefined || override.ImageId !== undefined;
}

function useOf(named: LaunchTemplateSpecification | undefined, image: string | null): LaunchTemplateUse | undefined {
  if (named?.LaunchTemplateId === undefined && named?.LaunchTemplateName === undefined) return undefined;
  return {
    id: named.LaunchTemplateId ?? null,
    name: named.LaunchTemplateName ?? null,
    version: named.Version ?? '$Default',
    image,
  };
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::AutoScaling::AutoScalingGroup': TypeOf<typeof autoScalingGroup>;
    'AWS::AutoScaling::LaunchConfiguration': TypeOf<typeof launchConfiguration>;
  }
}
