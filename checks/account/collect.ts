import { resource, type TypeOf } from '../../lib/aws/resource.ts';
import { enabledRegions } from '../cloudtrail/_sources.ts';
import {
  accountSummary,
  credentialReport,
  organizationFeatures,
  passwordPolicy,
  rootCredentialsOf,
  rootVirtualMfaDevices,
} from '../iam/_sources.ts';
import { organization } from '../../lib/aws/organization.ts';
import { accountPublicAccessBlock } from '../s3/_sources.ts';
import { securityContact } from './_sources.ts';

export const account = resource(
  'AWS::::Account',
  {
    scope: 'global',
    operations: [],
    async *list(aws) {
      yield aws.account;
    },
    found: (id, { partition }) => ({ id, arn: `arn:${partition}:iam::${id}:root`, base: {} }),
  },
  (facet) => ({
    accountSummary: facet([accountSummary], (aws) => aws.read(accountSummary)),
    rootCredentials: facet([credentialReport], async (aws) => rootCredentialsOf(await aws.read(credentialReport))),
    rootVirtualMfaDevices: facet([rootVirtualMfaDevices], (aws) => aws.read(rootVirtualMfaDevices)),
    passwordPolicy: facet([passwordPolicy], (aws) => aws.read(passwordPolicy)),
    /** Null for accounts that do not manage the root users of an organization. */
    organizationFeatures: facet([organizationFeatures], (aws) => aws.read(organizationFeatures)),
    s3PublicAccessBlock: facet([accountPublicAccessBlock], (aws) => aws.read(accountPublicAccessBlock)),
    /** Null for a stand-alone account. */
    organization: facet([organization], (aws) => aws.read(organization)),
    /** Null where none is registered. */
    securityContact: facet([securityContact], (aws) => aws.read(securityContact)),
    regions: facet([enabledRegions], (aws) => aws.read(enabledRegions)),
  }),
);

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::::Account': TypeOf<typeof account>;
  }
}
