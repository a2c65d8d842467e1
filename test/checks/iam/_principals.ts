import { CREATED } from './_fixtures.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';

const common = { uniqueId: 'X', path: '/', created: CREATED.toISOString(), attachedPolicies: [], documents: [] };
const arnOf = (kind: string, name: string) => `arn:aws:iam::${OWN}:${kind}/${name}`;

interface Parts {
  readonly attachedPolicies?: readonly { name: string; arn: string }[];
  readonly documents?: readonly { name: string; text: string }[];
  readonly permissionsBoundary?: string | null;
}

/** A role as a check sees it, which nobody can assume. */
export const roleOf = (
  more: Parts & { trust?: string; lastUsed?: string | null; created?: string; path?: string } = {},
  name = 'deploy',
) => ({
  ...common,
  type: 'AWS::IAM::Role' as const,
  id: name.split('/').at(-1)!,
  arn: arnOf('role', name),
  trust: '{"Statement":[]}',
  permissionsBoundary: null,
  instanceProfiles: [],
  lastUsed: null,
  lastUsedRegion: null,
  ...more,
});

export const userOf = (more: Parts & { groups?: string[] } = {}, name = 'alice') => ({
  ...common,
  type: 'AWS::IAM::User' as const,
  id: name,
  arn: arnOf('user', name),
  groups: [],
  permissionsBoundary: null,
  ...more,
});

export const groupOf = (more: Parts = {}, name = 'devs') => ({
  ...common,
  type: 'AWS::IAM::Group' as const,
  id: name,
  arn: arnOf('group', name),
  ...more,
});

/** A customer managed policy that is attached to one principal. */
export const managed = (
  documents: readonly { name: string; text: string }[],
  attachmentCount = 1,
  boundaryCount = 0,
) => ({
  type: 'AWS::IAM::ManagedPolicy' as const,
  id: documents[0]?.name ?? 'own',
  arn: arnOf('policy', documents[0]?.name ?? 'own'),
  uniqueId: 'X',
  path: '/',
  created: CREATED.toISOString(),
  updated: CREATED.toISOString(),
  versionId: 'v1',
  attachmentCount,
  boundaryCount,
  documents,
});

/** A policy of AWS that is in use. */
export const ofAws = (name: string, ...statements: object[]) => ({
  id: name,
  arn: `arn:aws:iam::aws:policy/${name}`,
  documents: [documentOf(name, ...statements)],
});

export const documentOf = (name: string, ...Statement: object[]) => ({
  name,
  text: JSON.stringify({ Version: '2012-10-17', Statement }),
});
export const allow = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...more,
});
export const deny = (Action: unknown, Resource: unknown = '*', more: object = {}) => ({
  ...allow(Action, Resource, more),
  Effect: 'Deny',
});

/** An attached policy, of the account or of AWS. */
export const attachedOwn = (name: string) => ({ name, arn: arnOf('policy', name) });
export const attachedAws = (name: string, partition = 'aws') => ({
  name: name.split('/').at(-1)!,
  arn: `arn:${partition}:iam::aws:policy/${name}`,
});

/** A trust policy's statement for principals. */
export const trusting = (
  Principal: unknown,
  Condition?: object,
  Action: unknown = 'sts:AssumeRole',
  more: object = {},
) => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition && { Condition }),
  ...more,
});
export const trustOf = (...Statement: object[]) => JSON.stringify({ Version: '2012-10-17', Statement });
