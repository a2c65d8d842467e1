import type { ResourceTypes } from '../../../lib/core/model.ts';

type Base<T extends keyof ResourceTypes> = ResourceTypes[T]['base'];

/** A PostgreSQL instance with nothing against it. */
export function instance(change: Partial<Base<'AWS::RDS::DBInstance'>> = {}): Base<'AWS::RDS::DBInstance'> {
  return {
    engine: 'postgres',
    engineVersion: '16.4',
    status: 'available',
    cluster: null,
    port: 5432,
    networkType: 'IPV4',
    publiclyAccessible: false,
    customerOwnedIp: false,
    subnetGroup: 'private',
    securityGroups: [{ id: 'sg-1', status: 'active' }],
    encryption: 'sse-kms',
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k1',
    backupRetentionDays: 7,
    backupRecoveryPoint: null,
    replicaOf: null,
    parameterGroups: [{ name: 'default.postgres16', applyStatus: 'in-sync' }],
    optionGroups: [{ name: 'default:postgres-16', status: 'in-sync' }],
    ...change,
  };
}

/** An Aurora PostgreSQL cluster with nothing against it. */
export function cluster(change: Partial<Base<'AWS::RDS::DBCluster'>> = {}) {
  const base: Base<'AWS::RDS::DBCluster'> = {
    engine: 'aurora-postgresql',
    engineVersion: '16.4',
    status: 'available',
    port: 5432,
    networkType: 'IPV4',
    publiclyAccessible: null,
    internetAccessGateway: null,
    subnetGroup: 'private',
    securityGroups: [{ id: 'sg-1', status: 'active' }],
    encryption: 'sse-kms',
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k1',
    backupRetentionDays: 7,
    backupRecoveryPoint: null,
    replicaOf: null,
    parameterGroups: [{ name: 'custom-aurora16', applyStatus: 'in-sync' }],
    optionGroups: [],
  };
  return { type: 'AWS::RDS::DBCluster' as const, ...base, ...change };
}

export function retainedBackup(change: Partial<Base<'AWS::RDS::DBInstanceAutomatedBackup'>> = {}) {
  const base: Base<'AWS::RDS::DBInstanceAutomatedBackup'> = {
    instance: 'orders',
    engine: 'mysql',
    status: 'retained',
    encryption: 'sse-kms',
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k1',
  };
  return { type: 'AWS::RDS::DBInstanceAutomatedBackup' as const, ...base, ...change };
}

/** What no check of this folder judges, by its difference from a database that is judged. */
export const NOT_JUDGED = [
  ['DocumentDB: judged under its own name', { engine: 'docdb' }, 'docdb'],
  ['Neptune: judged under its own name', { engine: 'neptune' }, 'neptune'],
  ['being created', { status: 'creating' }, 'creating'],
  ['being deleted', { status: 'deleting' }, 'deleting'],
  ['failed', { status: 'failed' }, 'failed'],
] as const;
