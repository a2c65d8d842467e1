import { paginateListAccounts } from '@aws-sdk/client-organizations';
import { listed } from '../../lib/aws/answer.ts';
import { resource, type TypeOf } from '../../lib/aws/resource.ts';
import { organizations } from './_sources.ts';

const listAccounts = organizations.pages(paginateListAccounts, 'organizations:ListAccounts', {
  absent: ['AWSOrganizationsNotInUseException'],
});

/** The accounts of the organisation. Only its management account and delegated administrators may list them: elsewhere this is a gap. */
export const organizationAccount = resource('AWS::Organizations::Account', {
  scope: 'global',
  operations: [listAccounts],
  async *list(aws) {
    for await (const page of aws.pages(listAccounts, { MaxResults: 20 })) yield* listed(page.Accounts);
  },
  found: (a) => ({
    id: a.Id,
    arn: a.Arn,
    base: {
      name: a.Name,
      /** ACTIVE, SUSPENDED, CLOSED and the ways there. Endpoints from before 2026 say it as Status alone. */
      state: a.State ?? a.Status,
    },
  }),
});

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::Organizations::Account': TypeOf<typeof organizationAccount>;
  }
}
