import {
  DescribeDBClusterSnapshotAttributesCommand,
  DescribeDBSnapshotAttributesCommand,
  type Option,
  type Parameter,
  paginateDescribeDBClusterParameters,
  paginateDescribeDBClusters,
  paginateDescribeDBClusterSnapshots,
  paginateDescribeDBInstanceAutomatedBackups,
  paginateDescribeDBInstances,
  paginateDescribeDBParameters,
  paginateDescribeDBProxies,
  paginateDescribeDBSnapshots,
  paginateDescribeDBSubnetGroups,
  paginateDescribeOptionGroups,
  RDSClient,
  type StorageEncryptionType,
  type VpcSecurityGroupMembership,
} from '@aws-sdk/client-rds';
import { service, source } from '../../lib/aws/operations.ts';
import { resource, tagsOf, type TypeOf } from '../../lib/aws/resource.ts';
import { hasTlsOptions, hasTlsParameters, TLS_PARAMETERS } from './_tls.ts';

const rds = service(RDSClient);
const describeInstances = rds.pages(paginateDescribeDBInstances, 'rds:DescribeDBInstances');
const describeClusters = rds.pages(paginateDescribeDBClusters, 'rds:DescribeDBClusters');
const describeSubnetGroups = rds.pages(paginateDescribeDBSubnetGroups, 'rds:DescribeDBSubnetGroups');
const describeBackups = rds.pages(paginateDescribeDBInstanceAutomatedBackups, 'rds:DescribeDBInstanceAutomatedBackups');
const describeSnapshots = rds.pages(paginateDescribeDBSnapshots, 'rds:DescribeDBSnapshots');
const describeClusterSnapshots = rds.pages(paginateDescribeDBClusterSnapshots, 'rds:DescribeDBClusterSnapshots');
const describeProxies = rds.pages(paginateDescribeDBProxies, 'rds:DescribeDBProxies');
const describeParameters = rds.pages(paginateDescribeDBParameters, 'rds:DescribeDBParameters');
const describeClusterParameters = rds.pages(paginateDescribeDBClusterParameters, 'rds:DescribeDBClusterParameters');
const describeOptionGroups = rds.pages(paginateDescribeOptionGroups, 'rds:DescribeOptionGroups');
// The SDK's names of these errors; the code of the first is DBSnapshotNotFound on the wire.
const describeSnapshotAttributes = rds.call(DescribeDBSnapshotAttributesCommand, 'rds:DescribeDBSnapshotAttributes', {
  gone: ['DBSnapshotNotFoundFault'],
});
const describeClusterSnapshotAttributes = rds.call(
  DescribeDBClusterSnapshotAttributesCommand,
  'rds:DescribeDBClusterSnapshotAttributes',
  { gone: ['DBClusterSnapshotNotFoundFault'] },
);

/** The maximum of every RDS list; all of them answer 100 or fewer. */
const PAGE = { MaxRecords: 100 } as const;
const TLS_FILTER = { ...PAGE, Filters: [{ Name: 'parameter-name', Values: [...TLS_PARAMETERS] }] };

/** Answers by the name of a parameter group: each group of a region is asked for once, however many databases share it. */
const parameters = source([describeParameters], async (aws) =>
  once((group) =>
    tlsParameters(aws.pages(describeParameters, { ...TLS_FILTER, DBParameterGroupName: group })),
  ),
);
const clusterParameters = source([describeClusterParameters], async (aws) =>
  once((group) =>
    tlsParameters(aws.pages(describeClusterParameters, { ...TLS_FILTER, DBClusterParameterGroupName: group })),
  ),
);
/** The options of every option group of a region, by the name of the group. */
const options = source([describeOptionGroups], async (aws) => {
  const groups = new Map<string | undefined, ReturnType<typeof describedOption>[] | undefined>();
  for await (const page of aws.pages(describeOptionGroups, PAGE)) {
    for (const group of page.OptionGroupsList ?? []) groups.set(group.OptionGroupName, group.Options?.map(describedOption));
  }
  return groups;
});
