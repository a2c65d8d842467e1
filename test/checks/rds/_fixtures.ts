import type { ResourceTypes } from '../../../lib/core/model.ts';

type Base<T extends keyof ResourceTypes> = ResourceTypes[T]['base'];

/** A PostgreSQL instance with nothing against it. */
export function instance(change: Partial<Base<'AWS::RDS::DBInstance'>> = {}): Base<'AWS::RDS::DBInstance'> {
  return {
    engine: 'postgres',
    engineVersion: '16.4',
    status: 'available',
    cluster: null,
    engineMode: null,
    createdAt: '2024-01-01T00:00:00.000Z',
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
    latestRestorableTime: '2025-12-31T23:55:00.000Z',
    multiAz: true,
    autoMinorVersionUpgrade: true,
    deletionProtection: true,
    iamAuthentication: true,
    masterUser: 'orders_owner',
    masterSecret: 'active',
    logExports: ['postgresql'],
    activityStream: 'stopped',
    insightsMode: 'standard',
    performanceInsights: false,
    performanceInsightsKey: null,
    monitoringInterval: 60,
    monitoringRole: 'arn:aws:iam::111122223333:role/rds-monitoring',
    certificateAuthority: 'rds-ca-rsa2048-g1',
    certificateEnds: '2026-12-01T00:00:00.000Z',
    ...change,
  };
}

/** An Aurora PostgreSQL cluster with nothing against it. */
export function cluster(change: Partial<Base<'AWS::RDS::DBCluster'>> = {}) {
  const base: Base<'AWS::RDS::DBCluster'> = {
    engine: 'aurora-postgresql',
    engineVersion: '16.4',
    status: 'available',
    engineMode: 'provisioned',
    createdAt: '2024-01-01T00:00:00.000Z',
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
    latestRestorableTime: '2025-12-31T23:55:00.000Z',
    multiAz: true,
    autoMinorVersionUpgrade: true,
    deletionProtection: true,
    iamAuthentication: true,
    masterUser: 'orders_owner',
    masterSecret: 'active',
    logExports: ['postgresql'],
    activityStream: 'stopped',
    insightsMode: 'standard',
    performanceInsights: null,
    monitoringInterval: 0,
    monitoringRole: null,
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

/** A proxy with nothing against it. */
export function proxy(change: Partial<Base<'AWS::RDS::DBProxy'>> = {}) {
  const base: Base<'AWS::RDS::DBProxy'> = {
    engine: 'POSTGRESQL',
    status: 'available',
    requireTls: true,
    debugLogging: false,
    defaultAuthScheme: 'NONE',
    auth: [{ iamAuth: 'DISABLED', clientPasswordAuthType: 'POSTGRES_SCRAM_SHA_256' }],
  };
  return { type: 'AWS::RDS::DBProxy' as const, ...base, ...change };
}

export function retainedClusterBackup(change: Partial<Base<'AWS::RDS::DBClusterAutomatedBackup'>> = {}) {
  const base: Base<'AWS::RDS::DBClusterAutomatedBackup'> = {
    database: 'orders',
    engine: 'aurora-mysql',
    status: 'retained',
    encryption: 'sse-kms',
    kmsKey: 'arn:aws:kms:eu-west-1:111122223333:key/k1',
  };
  return { type: 'AWS::RDS::DBClusterAutomatedBackup' as const, ...base, ...change };
}

/** What no check of this folder judges, by its difference from a database that is judged. */
export const NOT_JUDGED = [
  ['DocumentDB: judged under its own name', { engine: 'docdb' }, 'docdb'],
  ['Neptune: judged under its own name', { engine: 'neptune' }, 'neptune'],
  ['being created', { status: 'creating' }, 'creating'],
  ['being deleted', { status: 'deleting' }, 'deleting'],
  ['failed', { status: 'failed' }, 'failed'],
] as const;
