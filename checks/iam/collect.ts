import type {
  AttachedPermissionsBoundary,
  AttachedPolicy,
  ManagedPolicyDetail,
  PolicyDetail,
} from '@aws-sdk/client-iam';
import { listed } from '../../lib/aws/answer.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import type { Document } from './_admin.ts';
import {
  credentialReport,
  flag,
  isNone,
  notReported,
  getAccountAuthorizationDetails,
  rowOf,
  type ReportRow,
  type Slot,
  time,
  users,
} from './_sources.ts';

const SLOTS = [1, 2] as const;
/** IAM pages GetAccountAuthorizationDetails by at most 1000 items. One chain per filter reads the whole account. */
const MaxItems = 1000;

export const user = resource(
  'AWS::IAM::User',
  {
    scope: 'global',
    operations: [users],
    async *list(aws) {
      yield* await aws.read(users);
    },
    found: (u) => ({
      id: u.UserName,
      arn: u.Arn,
      tags: tagsOf(u.Tags),
      base: {
        uniqueId: u.UserId,
        path: u.Path,
        created: u.CreateDate?.toISOString(),
        groups: u.GroupList,
        attachedPolicies: attachedPoliciesOf(u.AttachedManagedPolicies),
        // IAM leaves the list out where a user has no inline policy.
        documents: documentsOf(u.UserPolicyList ?? []),
        permissionsBoundary: boundaryOf(u.PermissionsBoundary),
      },
    }),
  },
  (facet) => ({
    credentials: facet([credentialReport], async (aws, u) => {
      const report = await aws.read(credentialReport);
      const row = rowOf(report, u.arn, u.created);
      if (!row) throw notReported(report);
      return {
        passwordEnabled: flag(row.password_enabled),
        /** Null when the password was never used, or not since 2014-10-20. */
        passwordLastUsed: time(row.password_last_used),
        passwordLastChanged: time(row.password_last_changed),
        mfaActive: flag(row.mfa_active),
        reportTime: report.time,
      };
    }),
  }),
);

/** The slots of the credential report that hold a key, active or not. */
export const accessKey = resource('AWS::IAM::AccessKey', {
  scope: 'global',
  operations: [users, credentialReport],
  async *list(aws) {
    const [owners, report] = await Promise.all([aws.read(users), aws.read(credentialReport)]);
    for (const owner of owners) {
      const row = rowOf(report, owner.Arn, owner.CreateDate?.toISOString());
      for (const slot of slotsOf(row)) yield { owner, row, slot, report };
    }
  },
  found({ owner, row, slot, report }) {
    if (!row) throw notReported(report);
    if (slot === 'more') throw new Error(`${owner.UserName} has more access keys than the credential report tells`);
    return {
      id: owner.UserName && `${owner.UserName}/access-key-${slot}`,
      arn: owner.Arn && `${owner.Arn}/access-key-${slot}`,
      tags: tagsOf(owner.Tags),
      base: {
        userName: owner.UserName,
        userArn: owner.Arn,
        active: flag(row[`access_key_${slot}_active`]),
        /** When the key was created: activating an old key again does not count. */
        lastRotated: time(row[`access_key_${slot}_last_rotated`]),
        /** Null when the key was never used, or not since 2015-04-22. */
        lastUsed: time(row[`access_key_${slot}_last_used_date`]),
        reportTime: report.time,
      },
    };
  },
});

export const group = resource('AWS::IAM::Group', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  async *list(aws) {
    const pages = aws.pages(getAccountAuthorizationDetails, { Filter: ['Group'], MaxItems });
    for await (const page of pages) yield* listed(page.GroupDetailList);
  },
  found: (g) => ({
    id: g.GroupName,
    arn: g.Arn,
    base: {
      uniqueId: g.GroupId,
      path: g.Path,
      created: g.CreateDate?.toISOString(),
      attachedPolicies: attachedPoliciesOf(g.AttachedManagedPolicies),
      documents: documentsOf(g.GroupPolicyList),
    },
  }),
});

export const role = resource('AWS::IAM::Role', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  async *list(aws) {
    const pages = aws.pages(getAccountAuthorizationDetails, { Filter: ['Role'], MaxItems });
    for await (const page of pages) yield* listed(page.RoleDetailList);
  },
  found: (r) => ({
    id: r.RoleName,
    arn: r.Arn,
    tags: tagsOf(r.Tags),
    // IAM keeps this path for itself (IAM user guide: service-linked roles).
    managedBy: r.Arn?.includes(':role/aws-service-role/') ? 'service' : undefined,
    base: {
      uniqueId: r.RoleId,
      path: r.Path,
      created: r.CreateDate?.toISOString(),
      /** The trust policy as JSON text. */
      trust: decoded(r.AssumeRolePolicyDocument),
      attachedPolicies: attachedPoliciesOf(r.AttachedManagedPolicies),
      documents: documentsOf(r.RolePolicyList),
      permissionsBoundary: boundaryOf(r.PermissionsBoundary),
      instanceProfiles: r.InstanceProfileList?.map((profile) => profile.Arn ?? null),
      /** Null when the role was not used in the 400 days that IAM keeps track of. */
      lastUsed: r.RoleLastUsed?.LastUsedDate?.toISOString() ?? null,
      lastUsedRegion: r.RoleLastUsed?.Region ?? null,
    },
  }),
});

/** Customer managed policies, with their default version alone. */
export const managedPolicy = resource('AWS::IAM::ManagedPolicy', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  async *list(aws) {
    const pages = aws.pages(getAccountAuthorizationDetails, { Filter: ['LocalManagedPolicy'], MaxItems });
    for await (const page of pages) yield* listed(page.Policies);
  },
  found: (p) => ({
    id: policyNameOf(p),
    arn: p.Arn,
    base: {
      uniqueId: p.PolicyId,
      path: p.Path,
      created: p.CreateDate?.toISOString(),
      updated: p.UpdateDate?.toISOString(),
      /** How many users, groups and roles it is attached to; as a boundary does not count. */
      attachmentCount: p.AttachmentCount,
      boundaryCount: p.PermissionsBoundaryUsageCount,
      versionId: p.DefaultVersionId,
      documents: documentsOf(defaultVersionOf(p)),
    },
  }),
});

/** Which slots to describe. What the report cannot tell is described too, so that it becomes a gap. */
function slotsOf(row: ReportRow | undefined): readonly (Slot | 'more')[] {
  if (!row) return [1];
  const kept = SLOTS.filter(
    (slot) => !isEmpty(row[`access_key_${slot}_active`], row[`access_key_${slot}_last_rotated`]),
  );
  // The column counts the keys and certificates beyond the second.
  const more = row.additional_credentials_info;
  return more && !isNone(more) ? [...kept, 'more'] : kept;
}

/** A deactivated key keeps its time of creation in the report; only an empty slot has none. */
const isEmpty = (active: string | undefined, lastRotated: string | undefined): boolean =>
  flag(active) === false && time(lastRotated) === null;

/** Undefined when any document is missing: part of the policies is not the policies. */
function documentsOf(list: readonly PolicyDetail[] | undefined): readonly Document[] | undefined {
  const documents = list?.flatMap(({ PolicyName, PolicyDocument }) => {
    const text = decoded(PolicyDocument);
    return PolicyName && text ? [{ name: PolicyName, text }] : [];
  });
  return documents?.length === list?.length ? documents : undefined;
}

/** The name ends the ARN as well. */
function policyNameOf({ PolicyName, Arn }: ManagedPolicyDetail): string | undefined {
  return PolicyName ?? Arn?.split('/').at(-1);
}

function defaultVersionOf(policy: ManagedPolicyDetail): PolicyDetail[] | undefined {
  const { DefaultVersionId, PolicyVersionList } = policy;
  const version = PolicyVersionList?.find((one) => one.IsDefaultVersion ?? one.VersionId === DefaultVersionId);
  return version && [{ PolicyName: policyNameOf(policy), PolicyDocument: version.Document }];
}

/** IAM percent-encodes documents (RFC 3986), and the SDK leaves them so. */
const decoded = (document: string | undefined): string | undefined => document && decodeURIComponent(document);

function attachedPoliciesOf(
  list: readonly AttachedPolicy[] | undefined,
): readonly { name: string; arn: string }[] | undefined {
  const policies = list?.flatMap(({ PolicyName, PolicyArn }) =>
    PolicyName && PolicyArn ? [{ name: PolicyName, arn: PolicyArn }] : [],
  );
  return policies?.length === list?.length ? policies : undefined;
}

/** The ARN of the boundary; null without one. */
const boundaryOf = (boundary: AttachedPermissionsBoundary | undefined): string | null | undefined =>
  boundary ? boundary.PermissionsBoundaryArn : null;

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::IAM::User': TypeOf<typeof user>;
    'AWS::IAM::AccessKey': TypeOf<typeof accessKey>;
    'AWS::IAM::Group': TypeOf<typeof group>;
    'AWS::IAM::Role': TypeOf<typeof role>;
    'AWS::IAM::ManagedPolicy': TypeOf<typeof managedPolicy>;
  }
}
