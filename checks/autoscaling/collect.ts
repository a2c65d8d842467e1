import {
  AutoScalingClient,
  type AutoScalingGroup,
  type LaunchTemplateOverrides,
  type LaunchTemplateSpecification,
  paginateDescribeAutoScalingGroups,
} from '@aws-sdk/client-auto-scaling';
import { each, listed } from '../../lib/aws/answer.ts';
import { service, source } from '../../lib/aws/operations.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';

const describeGroups = service(AutoScalingClient).pages(
  paginateDescribeAutoScalingGroups,
  'autoscaling:DescribeAutoScalingGroups',
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

function groupOf(group: AutoScalingGroup) {
  return {
    name: group.AutoScalingGroupName,
    arn: group.AutoScalingGroupARN,
    tags: tagsOf(group.Tags),
    launchTemplates: launchTemplatesOf(group),
  };
}

/** None for a group with a launch configuration. */
function launchTemplatesOf(group: AutoScalingGroup): LaunchTemplateUse[] | undefined {
  const mixed = group.MixedInstancesPolicy?.LaunchTemplate;
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
  }
}
