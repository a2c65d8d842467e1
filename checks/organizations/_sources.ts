import { DescribeOrganizationCommand, OrganizationsClient } from '@aws-sdk/client-organizations';
import { service, source } from '../../lib/aws/operations.ts';

export const organizations = service(OrganizationsClient);
const describeOrganization = organizations.call(DescribeOrganizationCommand, 'organizations:DescribeOrganization', {
  absent: ['AWSOrganizationsNotInUseException'],
});

/** The organisation that the account belongs to, or null for a stand-alone account. Every member may ask. */
export const organization = source([describeOrganization], async (aws) => {
  const answer = await aws.call(describeOrganization, {});
  return (
    answer && {
      id: answer.Organization?.Id,
      managementAccount: answer.Organization?.MasterAccountId,
      /** ALL, or CONSOLIDATED_BILLING. */
      featureSet: answer.Organization?.FeatureSet,
    }
  );
});
