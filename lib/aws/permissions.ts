import type { AnyCheck } from '../core/evaluate.ts';
import type { Use, Uses } from '../core/model.ts';
import { operationsIn } from './operations.ts';
import type { Resource } from './resource.ts';

/** What a set of checks needs read: facets by resource type. */
export type Selection = ReadonlyMap<string, readonly string[]>;

/** Everything that the checks look at: the resources they judge, and those they look up. */
export function selectionOf(checks: readonly AnyCheck[]): Selection {
  const facets = new Map<string, Set<string>>();
  const add = (type: string, names: readonly string[]) =>
    facets.set(type, (facets.get(type) ?? new Set()).union(new Set(names)));
  for (const check of checks) {
    for (const type of check.resource as readonly string[]) add(type, check.needs as readonly string[]);
    for (const use of Object.values(check.uses as Uses) as Use[]) add(use.type, use.facets);
  }
  return new Map([...facets].map(([type, names]) => [type, [...names].toSorted()]));
}

/** The same selection with the tags of every type whose tags cost a call of their own: for runs that choose resources by tag. */
export function withTags(selection: Selection, resources: readonly Resource[]): Selection {
  const hasTags = new Set(resources.filter(({ facets }) => 'tags' in facets).map(({ type }) => type));
  return new Map(
    [...selection].map(([type, facets]) => [
      type,
      hasTags.has(type) ? [...new Set([...facets, 'tags'])].toSorted() : facets,
    ]),
  );
}

/** The IAM actions behind a selection: listing each type, and its wanted facets. Sorted. */
export function actionsFor(selection: Selection, resources: readonly Resource[]): string[] {
  const actions = [...selection].flatMap(([type, facets]) => {
    const resource = resources.find((candidate) => candidate.type === type);
    if (!resource) throw new TypeError(`no collector for ${type}`);
    const declared = [...resource.operations, ...facets.flatMap((name) => resource.facets[name]?.operations ?? [])];
    return operationsIn(declared).map((operation) => operation.action);
  });
  return [...new Set(actions)].toSorted();
}

/** Reads of data that no check may ever need; denied outright, whatever else is attached to the role. */
const DATA_READS = [
  'dynamodb:BatchGetItem',
  'dynamodb:GetItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'ecr:BatchGetImage',
  'ecr:GetDownloadUrlForLayer',
  'kms:Decrypt',
  'lambda:GetFunction',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:StartQuery',
  's3:GetObject',
  's3:GetObjectVersion',
  'secretsmanager:BatchGetSecretValue',
  'secretsmanager:GetSecretValue',
  'sqs:ReceiveMessage',
  'ssm:GetParameter',
  'ssm:GetParameterHistory',
  'ssm:GetParameters',
  'ssm:GetParametersByPath',
] as const;

/** The scan role's policy for these actions: what is read, and a Deny on data whatever else is attached. */
export function scanPolicy(actions: readonly string[]): object {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'ReadConfiguration', Effect: 'Allow', Action: [...new Set(actions)].toSorted(), Resource: '*' },
      { Sid: 'NeverReadData', Effect: 'Deny', Action: DATA_READS, Resource: '*' },
    ],
  };
}
