import type {
  AttachedPermissionsBoundary,
  AttachedPolicy,
  ManagedPolicyDetail,
  PolicyDetail,
} from '@aws-sdk/client-iam';
import { each, listed, whole } from '../../lib/aws/answer.ts';
import { paged, resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import type { Document } from './_admin.ts';
import {
  accessKeyOf,
  accessKeysOf,
  CONSOLE_CALLS,
  consoleCredentialsOf,
  credentialReport,
  getAccountAuthorizationDetails,
  isNone,
  KEY_CALLS,
  listOpenIDConnectProviders,
  listServerCertificates,
  notReported,
  OTHER_CALLS,
  otherKeysOf,
  type ReportRow,
  rowOf,
  serviceCredentials,
  type Slot,
  slotsOf,
  users,
} from './_sources.ts';

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
    credentials: facet(CONSOLE_CALLS, consoleCredentialsOf),
    keys: facet(KEY_CALLS, accessKeysOf),
    otherKeys: facet(OTHER_CALLS, otherKeysOf),
    serviceCredentials: facet([serviceCredentials], async (aws, u) => {
      const own = (await aws.read(serviceCredentials)).get(u.id) ?? [];
      return each(own, (credential) =>
        whole({
          id: credential.ServiceSpecificCredentialId,
          service: credential.ServiceName,
          status: credential.Status,
          created: credential.CreateDate?.toISOString(),
          /** Null for those that never expire, and for services whose credentials cannot. */
          expires: credential.ExpirationDate?.toISOString() ?? null,
        }),
      );
    }),
  }),
);

/** The slots of the credential report that hold a key, active or not. */
export const accessKey = resource(
  'AWS::IAM::AccessKey',
  {
    scope: 'global',
    operations: [users, credentialReport],
    async *list(aws) {
      const [owners, report] = await Promise.all([aws.read(users), aws.read(credentialReport)]);
      for (const owner of owners) {
        const row = rowOf(report, owner.Arn, owner.CreateDate?.toISOString());
        for (const slot of slotsToDescribe(row)) yield { owner, row, slot, report };
      }
    },
    found({ owner, row, slot, report }) {
      if (!row) throw notReported(report);
      if (slot === 'more') throw new Error(`${owner.UserName} has more access keys than the credential report tells`);
      return {
        id: owner.UserName && `${owner.UserName}/access-key-${slot}`,
        arn: owner.Arn && `${owner.Arn}/access-key-${slot}`,
        tags: tagsOf(owner.Tags),
        base: { userName: owner.UserName, userArn: owner.Arn, slot },
      };
    },
  },
  (facet) => ({
    /** `reportTime` is null where live calls told it. */
    state: facet(KEY_CALLS, (aws, key) => accessKeyOf(aws, key.userArn, key.userName, key.slot)),
  }),
);

export const group = resource('AWS::IAM::Group', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  list: paged(getAccountAuthorizationDetails, { Filter: ['Group'], MaxItems }, (page) => page.GroupDetailList),
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

export const serverCertificate = resource('AWS::IAM::ServerCertificate', {
  scope: 'global',
  operations: [listServerCertificates],
  list: paged(listServerCertificates, { MaxItems }, (page) => page.ServerCertificateMetadataList),
  found: (c) => ({
    id: c.ServerCertificateName,
    arn: c.Arn,
    base: {
      uniqueId: c.ServerCertificateId,
      path: c.Path,
      uploaded: c.UploadDate?.toISOString(),
      expires: c.Expiration?.toISOString(),
    },
  }),
});

export const role = resource('AWS::IAM::Role', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  list: paged(getAccountAuthorizationDetails, { Filter: ['Role'], MaxItems }, (page) => page.RoleDetailList),
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
      lastUsed: r.RoleLastUsed && (r.RoleLastUsed.LastUsedDate?.toISOString() ?? null),
      lastUsedRegion: r.RoleLastUsed && (r.RoleLastUsed.Region ?? null),
    },
  }),
});

/** The providers of web identities that the account knows. */
export const oidcProvider = resource('AWS::IAM::OIDCProvider', {
  scope: 'global',
  operations: [listOpenIDConnectProviders],
  async *list(aws) {
    yield* listed((await aws.call(listOpenIDConnectProviders, {}))?.OpenIDConnectProviderList);
  },
  // The ARN ends with the issuer, which may hold slashes.
  found: ({ Arn }) => ({ id: Arn?.split(':oidc-provider/')[1], arn: Arn, base: {} }),
});

/** Customer managed policies, with their default version alone. */
export const managedPolicy = resource('AWS::IAM::ManagedPolicy', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  list: paged(getAccountAuthorizationDetails, { Filter: ['LocalManagedPolicy'], MaxItems }, (page) => page.Policies),
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

/**
 * The policies of AWS that the account attaches, to look up what they grant. A type of its own: nobody can change them, so they
 * are not judged. IAM answers those in use alone.
 */
export const awsManagedPolicy = resource('AWS::IAM::AWSManagedPolicy', {
  scope: 'global',
  operations: [getAccountAuthorizationDetails],
  list: paged(getAccountAuthorizationDetails, { Filter: ['AWSManagedPolicy'], MaxItems }, (page) => page.Policies),
  found: (p) => ({
    id: policyNameOf(p),
    arn: p.Arn,
    managedBy: 'aws',
    base: { documents: documentsOf(defaultVersionOf(p)) },
  }),
});

/** What the report cannot tell is described too, so that it becomes a gap. */
function slotsToDescribe(row: ReportRow | undefined): readonly (Slot | 'more')[] {
  if (!row) return [1];
  // The column counts the keys and certificates beyond the second.
  const more = row.additional_credentials_info;
  return more && !isNone(more) ? [...slotsOf(row), 'more'] : slotsOf(row);
}

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
    'AWS::IAM::OIDCProvider': TypeOf<typeof oidcProvider>;
    'AWS::IAM::ManagedPolicy': TypeOf<typeof managedPolicy>;
    'AWS::IAM::ServerCertificate': TypeOf<typeof serverCertificate>;
    'AWS::IAM::AWSManagedPolicy': TypeOf<typeof awsManagedPolicy>;
  }
}
