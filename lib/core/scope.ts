import type { AnyCheck } from './evaluate.ts';
import type { Finding } from './model.ts';
import { patternOf } from './waivers.ts';

/** What a run on demand looks at; each part that is given narrows it. */
export interface ScopeRules {
  /** Resources with one of these tags. */
  readonly tags?: readonly { readonly key: string; readonly value: string }[] | undefined;
  /** Patterns of whole ARNs. */
  readonly arns?: readonly string[] | undefined;
  /** The resources of stacks. */
  readonly resources?: readonly StackResource[] | undefined;
}
export interface StackResource {
  /** Its CloudFormation type. */
  readonly type: string;
  /** The physical id: a name, an id or an ARN. */
  readonly id: string;
}

/** Is a finding in scope? What could not be listed, or has tags that could not be read, may belong to it: it stays in. */
export function inScope({ tags, arns, resources }: ScopeRules): (finding: Finding) => boolean {
  const matches = arns?.map(patternOf);
  const ids = resources && new Set(resources.map(({ type, id }) => `${type} ${id}`));
  const isOfStack = ({ resource: { type, id, arn } }: Finding) =>
    ids!.has(`${type} ${id}`) || ids!.has(`${type} ${arn}`) || ids!.has(`${type} ${arn.split('/').at(-1)}`);
  return (finding) =>
    isAboutList(finding) ||
    ((!tags || isTagged(finding, tags)) &&
      (!matches || matches.some((isMatch) => isMatch(finding.resource.arn))) &&
      (!ids || isOfStack(finding)));
}

/** An UNKNOWN about a type in a place, not about a resource. */
export function isAboutList({ resource: { arn, account, region, type } }: Pick<Finding, 'resource'>): boolean {
  return arn === `ronda:${account}:${region}:${type}`;
}

function isTagged({ resource, status }: Finding, tags: NonNullable<ScopeRules['tags']>): boolean {
  if (!resource.tags) return resource.areTagsUnknown === true || status === 'UNKNOWN';
  return tags.some(({ key, value }) => resource.tags![key] === value);
}

/** The checks that can speak of what is in scope, so that nothing else is read. */
export function checksInScope(checks: readonly AnyCheck[], { arns, resources }: ScopeRules): readonly AnyCheck[] {
  const services = [...(resources?.map(({ type }) => serviceOfType(type)) ?? []), ...(arns?.map(serviceOfArn) ?? [])];
  if (services.length === 0 || services.includes(undefined)) return checks;
  return checks.filter(({ resource }) =>
    (resource as readonly string[]).some((type) => services.includes(serviceOfType(type))),
  );
}

/** The regions that the patterns of ARNs name; undefined where one leaves them open, or is of an account-wide service. */
export function regionsInScope({ arns }: ScopeRules): readonly string[] | undefined {
  const regions = (arns ?? []).map((arn) => arn.split(':')[3]);
  const isNamed = regions.length > 0 && regions.every((region) => region && /^[a-z0-9-]+$/.test(region));
  return isNamed ? [...new Set(regions as string[])] : undefined;
}

/** `AWS::ElasticLoadBalancingV2::LoadBalancer` and `arn:aws:elasticloadbalancing:...` are of one service; the account's own ARN is of IAM. */
const serviceOfType = (type: string): string | undefined => {
  const service = type.split('::')[1];
  return service === '' ? 'iam' : service && plain(service);
};

function serviceOfArn(arn: string): string | undefined {
  const service = arn.split(':')[2];
  return service && /^[a-z0-9-]+$/.test(service) ? plain(service) : undefined;
}

const plain = (service: string): string => service.toLowerCase().replaceAll('-', '').replace(/v2$/, '');
