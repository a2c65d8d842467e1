import type {
  BatchGetProjectsInput,
  BatchGetProjectsOutput,
  ListProjectsInput,
  ListProjectsOutput,
} from '@aws-sdk/client-codebuild';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import { page, type Context, type PageRules } from './context.ts';

const PAGES: PageRules = {
  min: 1,
  max: 100,
  byDefault: 100,
  badToken: () => new AwsError(400, 'InvalidInputException', 'Invalid next token'),
};

export const codebuild = {
  ListProjects(input: ListProjectsInput, context: Context): Described<ListProjectsOutput> {
    const names = context.here.codebuild.Projects.map(({ name }) => name!).toSorted();
    const { items, next } = page(names, context, PAGES, undefined, input.nextToken);
    return { projects: items, ...(next ? { nextToken: next } : {}) };
  },

  /** Takes names and ARNs. Those that it does not find do not fail the others. */
  BatchGetProjects({ names = [] }: BatchGetProjectsInput, context: Context): Described<BatchGetProjectsOutput> {
    if (names.length === 0 || names.length > PAGES.max)
      throw new AwsError(400, 'InvalidInputException', 'Project names must be between 1 and 100');
    const projects = names.map((wanted) =>
      context.here.codebuild.Projects.find(({ name, arn }) => wanted === name || wanted === arn),
    );
    const projectsNotFound = names.filter((_, index) => !projects[index]);
    return { projects: projects.filter((one) => one !== undefined), projectsNotFound };
  },
};
