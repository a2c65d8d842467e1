import {
  BatchGetProjectsCommand,
  CodeBuildClient,
  paginateListProjects,
  type Project,
} from '@aws-sdk/client-codebuild';
import { listed } from '../../lib/aws/answer.ts';
import { service } from '../../lib/aws/operations.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';

/**
 * Where AWS does not offer CodeBuild (botocore's endpoints). A host that does not exist says there that no project does; elsewhere
 * it is a gap. AWS is asked all the same: it may offer the service by now.
 */
const NOT_OFFERED = new Set(['ap-east-2', 'ca-west-1', 'mx-central-1']);

const codeBuild = service(CodeBuildClient);
const listProjects = codeBuild.pages(paginateListProjects, 'codebuild:ListProjects');
const listProjectsIfOffered = codeBuild.pages(paginateListProjects, 'codebuild:ListProjects', {
  absent: ['NoSuchHost'],
});
const batchGetProjects = codeBuild.call(BatchGetProjectsCommand, 'codebuild:BatchGetProjects');

/** Build projects. Their environment variables may be secrets: they are never kept. */
export const project = resource('AWS::CodeBuild::Project', {
  scope: 'regional',
  operations: [listProjects, listProjectsIfOffered, batchGetProjects],
  async *list(aws) {
    const operation = NOT_OFFERED.has(aws.region) ? listProjectsIfOffered : listProjects;
    // A page holds 100 names at most, which is also the most that AWS describes in one call.
    for await (const page of aws.pages(operation, {})) {
      const names = listed(page.projects);
      if (names.length === 0) continue;
      const answer = await aws.call(batchGetProjects, { names: [...names] });
      const projects = new Map(listed(answer?.projects).map((one) => [one.name, one]));
      const deleted = new Set(answer?.projectsNotFound);
      // A name that is in neither list is an item that cannot be described.
      for (const name of names) if (!deleted.has(name)) yield projects.get(name) ?? {};
    }
  },
  found: (p: Project) => ({
    id: p.name,
    arn: p.arn,
    base: {
      /** The roles that its builds run with: single ones, and those of batches. */
      roles: p.serviceRole === undefined ? undefined : [...new Set([p.serviceRole, ...batchRolesOf(p)])],
    },
  }),
});

function batchRolesOf({ buildBatchConfig }: Project): readonly string[] {
  return buildBatchConfig?.serviceRole === undefined ? [] : [buildBatchConfig.serviceRole];
}

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::CodeBuild::Project': TypeOf<typeof project>;
  }
}
