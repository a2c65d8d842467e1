import { describe, expect, it } from 'vitest';
import {
  isPullRequest,
  type Reach,
  repositoryOf,
  strictest,
  subjectOf,
  weakest,
  workflowOf,
} from '../../../checks/iam/_github.ts';

describe('a subject', () => {
  it.each<[string, Reach]>([
    ['*', 'open'],
    ['re*', 'open'],
    ['repo:*', 'open'],
    ['repo:*/*', 'open'],
    ['repo:acme*', 'open'],
    ['repo:acme*/*', 'open'],
    ['repo:acme*/app*:*', 'open'],
    ['repo:acm?/app:*', 'open'],
    ['repo:my-org*/app', 'open'],
    ['repo:acme/*', 'organization'],
    ['repo:acme/app*', 'organization'],
    ['repo:acme/app*:ref:refs/heads/main', 'organization'],
    ['repo:acme@12/*', 'organization'],
    ['repo:acme/app:*', 'repository'],
    ['repo:acme/app:ref:refs/heads/*', 'repository'],
    ['repo:acme/app:environment:prod?', 'repository'],
    ['repo:acme@12/app@34:*', 'repository'],
    ['repo:acme@*/app@*:*', 'repository'],
    ['repo:acme@*/app@*:ref:refs/heads/main', 'reference'],
    ['repo:acme/app:pull_request', 'repository'],
    ['repo:acme/app:ref:refs/heads/main', 'reference'],
    ['repo:acme/app:environment:production', 'reference'],
    ['repo:acme@12/app@34:environment:production', 'reference'],
    ['repository_owner_id:12:repository_id:34', 'reference'],
    ['repository_owner_id:12:repository_id:34:*', 'repository'],
    ['repository:acme/app:*', 'repository'],
    ['repository_owner_id:12:repository_id:*', 'organization'],
    ['repository_owner:acme:*', 'organization'],
    ['enterprise:acme:*', 'organization'],
    ['enterprise_id:12:*', 'organization'],
    ['repository_owner:acme*', 'open'],
    ['job_workflow_ref:acme/app/.github/*', 'repository'],
    ['job_workflow_ref:acme/*', 'open'],
    ['context:main:*', 'unclear'],
  ])('%s, as a pattern: %s', (value, expected) => {
    expect(subjectOf(value, true)).toBe(expected);
  });

  it.each<[string, Reach]>([
    ['repo:*', 'repository'],
    ['repo:acme/app:*', 'repository'],
    ['repo:acme/app:ref:refs/heads/main', 'reference'],
    ['custom', 'reference'],
  ])('%s, as it is written: %s', (value, expected) => {
    expect(subjectOf(value, false)).toBe(expected);
  });

  it.each([
    ['repo:acme/app:pull_request', true],
    ['repo:acme/app:pull_request:x', false],
    ['pull_request', false],
    ['a:b:pull_request', false],
  ])('%s stands for pull requests: %s', (value, expected) => {
    expect(isPullRequest(value)).toBe(expected);
  });
});

it.each<[string, Reach, Reach]>([
  ['acme/app', 'repository', 'repository'],
  ['acme/*', 'organization', 'repository'],
  ['acme*', 'open', 'repository'],
  ['*/app', 'open', 'repository'],
])('a repository %s, as a pattern: %s, as it is written: %s', (value, asPattern, asText) => {
  expect([repositoryOf(value, true), repositoryOf(value, false)]).toEqual([asPattern, asText]);
});

it.each<[string, Reach]>([
  ['acme/app/.github/workflows/deploy.yml@refs/heads/main', 'reference'],
  ['acme/app/.github/workflows/deploy.yml@*', 'repository'],
  ['acme/app*', 'organization'],
  ['acme/*/.github/x', 'organization'],
  ['acme*', 'open'],
  ['*/app/x', 'open'],
])('a workflow %s: %s', (value, expected) => {
  expect(workflowOf(value, true)).toBe(expected);
  expect(workflowOf(value, false)).toBe('reference');
});

it('alternatives are judged by the widest, conditions together by the strictest', () => {
  expect(weakest(['reference', 'organization', 'repository'])).toBe('organization');
  expect(strictest(['open', 'reference', 'organization'])).toBe('reference');
  expect([weakest([]), strictest([])]).toEqual(['open', 'open']);
});
