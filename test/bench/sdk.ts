// What a call costs that the SDK makes and nobody paces or judges, in ms of CPU, against what the environment points at.
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { GetBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSnapshotsCommand, EC2Client } from '@aws-sdk/client-ec2';
import pMap from 'p-map';

const sts = new STSClient({});
const s3 = new S3Client({ forcePathStyle: true });
const ec2 = new EC2Client({});
const CALLS: readonly (() => Promise<unknown>)[] = [
  () => sts.send(new GetCallerIdentityCommand({})),
  () => s3.send(new GetBucketVersioningCommand({ Bucket: 'bucket-111122223333-0' })).catch(() => {}),
  () => ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'], MaxResults: 1000 })),
];
const WARM_UP = 300;
const MEASURED = 1500;
const IN_FLIGHT = 40;

const call = (n: number) => CALLS[n % CALLS.length]!();
await pMap(Array.from({ length: WARM_UP }).keys(), call, { concurrency: IN_FLIGHT });
const before = process.cpuUsage();
await pMap(Array.from({ length: MEASURED }).keys(), call, { concurrency: IN_FLIGHT });
const { user, system } = process.cpuUsage(before);
process.send?.({ milliseconds: (user + system) / 1000 / MEASURED });
process.disconnect?.();
