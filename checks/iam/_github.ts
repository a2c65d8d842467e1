/**
 * How far a value for a claim of GitHub Actions reaches, the widest first: any organization, all of one, what cannot be told, one
 * repository, one branch, tag or environment of it.
 */
const REACHES = ['open', 'organization', 'unclear', 'repository', 'reference'] as const;
export type Reach = (typeof REACHES)[number];

const WILDCARD = /[*?]/;
/** An immutable id that follows a name since 2026: names hold no '@', so a wildcard after it leaves nothing open. */
const OPEN_ID = /@[*?]+$/;
/** Segments of a customised subject, by what they pin. */
const SEGMENTS: Readonly<Record<string, Reach>> = {
  repository_id: 'repository',
  repository: 'repository',
  repository_owner: 'organization',
  repository_owner_id: 'organization',
  enterprise: 'organization',
  enterprise_id: 'organization',
};

/** Values of one condition are alternatives: the one that reaches furthest decides. */
export function weakest(reaches: readonly Reach[]): Reach {
  return REACHES.find((one) => reaches.includes(one)) ?? 'open';
}

/** Conditions hold together: the one that reaches least decides. Without any, all is open. */
export function strictest(reaches: readonly Reach[]): Reach {
  return REACHES.findLast((one) => reaches.includes(one)) ?? 'open';
}

/**
 * How far a subject reaches: 'repo:<owner>/<repository>:<context>', with ids as 'repo:<owner>@<id>/<repository>@<id>:<context>', or
 * in a form that the organization chose.
 */
export function subjectOf(value: string, isPattern: boolean): Reach {
  if (!isPattern || !WILDCARD.test(value)) return isReference(contextOf(value)) ? 'reference' : literalOf(value);
  if (!value.startsWith('repo:')) return templateOf(value);
  const path = pathOf(value.slice('repo:'.length));
  return path === 'repository' && isReference(contextOf(value)) ? 'reference' : path;
}

/** 'acme/app'. */
export function repositoryOf(value: string, isPattern: boolean): Reach {
  return isPattern && WILDCARD.test(value) ? pathOf(`${value}:`) : 'repository';
}

/** 'acme/app/.github/workflows/deploy.yml@refs/heads/main': it pins the file that runs, hence the repository that holds it. */
export function workflowOf(value: string, isPattern: boolean): Reach {
  if (!isPattern || !WILDCARD.test(value)) return 'reference';
  const [owner = '', repository = '', ...rest] = value.split('/');
  if (WILDCARD.test(owner) || !value.includes('/')) return 'open';
  return WILDCARD.test(repository) || rest.length === 0 ? 'organization' : 'repository';
}

/** Does a subject stand for all pull requests of a repository? */
export function isPullRequest(value: string): boolean {
  return contextOf(value) === 'pull_request';
}

/** Is a context one branch, tag or environment? */
function isReference(context: string): boolean {
  return /^(?:ref|environment):/.test(context) && !WILDCARD.test(context);
}

function literalOf(value: string): Reach {
  return value.startsWith('repo:') ? 'repository' : 'reference';
}

/** What follows the repository: 'ref:refs/heads/main', 'environment:production', 'pull_request'. */
function contextOf(value: string): string {
  return value.startsWith('repo:') ? value.split(':').slice(2).join(':') : '';
}

/** A wildcard before the slash leaves the owner open, one in the name the repository. */
function pathOf(value: string): Reach {
  const slash = value.indexOf('/');
  const owner = value.slice(0, slash).replace(OPEN_ID, '');
  if (slash === -1 || WILDCARD.test(owner)) return 'open';
  const [name = '', ...context] = value.slice(slash + 1).split(':');
  return WILDCARD.test(name.replace(OPEN_ID, '')) || context.length === 0 ? 'organization' : 'repository';
}

/** What the segments before the first wildcard pin: 'repository_owner_id:123:repository_id:456:*'. */
function templateOf(value: string): Reach {
  const segments = value.slice(0, value.search(WILDCARD)).split(':');
  const reaches: Reach[] = [];
  for (const [at, name] of segments.entries()) {
    const isWhole = at + 2 < segments.length;
    if (isWhole && SEGMENTS[name]) reaches.push(SEGMENTS[name]);
    if (name === 'job_workflow_ref' && `${segments[at + 1]}`.split('/').length > 2) reaches.push('repository');
  }
  if (reaches.length > 0) return strictest(reaches);
  return segments.length > 2 ? 'unclear' : 'open';
}
