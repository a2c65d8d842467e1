import { paginateDescribeInstanceInformation, SSMClient } from '@aws-sdk/client-ssm';
import { service } from '../../lib/aws/operations.ts';
import { paged, resource, type TypeOf } from '../../lib/aws/resource.ts';

const describeInstanceInformation = service(SSMClient).pages(
  paginateDescribeInstanceInformation,
  'ssm:DescribeInstanceInformation',
);

/** The machines on which an agent of Systems Manager is registered: instances ('i-') and others ('mi-'). */
export const managedInstance = resource('AWS::SSM::ManagedInstance', {
  scope: 'regional',
  operations: [describeInstanceInformation],
  list: paged(describeInstanceInformation, { MaxResults: 50 }, (page) => page.InstanceInformationList),
  found: (m, { partition, region, account }) => ({
    id: m.InstanceId,
    arn: `arn:${partition}:ssm:${region}:${account}:managed-instance/${m.InstanceId}`,
    base: { pingStatus: m.PingStatus, lastPing: m.LastPingDateTime?.toISOString() ?? null },
  }),
});

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::SSM::ManagedInstance': TypeOf<typeof managedInstance>;
  }
}
