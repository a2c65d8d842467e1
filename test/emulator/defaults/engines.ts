import type { Certificate, DBEngineVersion, DBMajorEngineVersion, Parameter } from '@aws-sdk/client-rds';
import type { Described } from './common.ts';

export interface ParameterGroup {
  readonly Family: string;
  /** Name -> value of the parameters that somebody has set. */
  readonly Parameters?: Readonly<Record<string, string>>;
}

interface Engine {
  readonly Engine: string;
  readonly EngineVersion: string;
  readonly Family: string;
  readonly Port: number;
  readonly optionGroup: string;
}

const PORTS: Record<string, number> = {
  postgres: 5432,
  mysql: 3306,
  mariadb: 3306,
  oracle: 1521,
  sqlserver: 1433,
  docdb: 27017,
  neptune: 8182,
};
const VERSIONS: Record<string, string> = {
  postgres: '16.4',
  mysql: '8.0.39',
  mariadb: '10.11.8',
  'aurora-postgresql': '16.4',
  'aurora-mysql': '8.0.mysql_aurora.3.08.0',
  oracle: '19.0.0.0.ru-2024-07.rur-2024-07.r1',
  sqlserver: '16.00.4135.4.v1',
  docdb: '5.0.0',
  neptune: '1.3.2.1',
};

/** Version, parameter group family, port and default option group of a database engine. */
export function engineOf(engine: string, version?: string): Engine {
  const family = engine.includes('postgres') ? 'postgres' : engine.includes('mysql') ? 'mysql' : engine.split('-')[0]!;
  const EngineVersion = version ?? VERSIONS[engine] ?? VERSIONS[family] ?? '1.0';
  const [major = '', minor = ''] = EngineVersion.split('.');
  const short = family === 'postgres' ? major : `${Number(major)}.${Number(minor)}`;
  const dash = family === 'oracle' || family === 'sqlserver' ? '-' : '';
  return {
    Engine: engine,
    EngineVersion,
    Family: `${engine}${dash}${family === 'oracle' ? major : short}`,
    Port: PORTS[family] ?? 3306,
    optionGroup: `default:${engine}-${short.replaceAll('.', '-')}`,
  };
}

/** Parameters that the emulator knows: name, allowed values, and the value that the engine has when nobody sets it. */
type Known = readonly [name: string, allowed: string, value: (version: number) => string | undefined];
const POSTGRES: readonly Known[] = [
  ['log_connections', '0,1', () => '0'],
  ['log_min_duration_statement', '-1-2147483647', () => undefined],
  ['log_statement', 'none,ddl,mod,all', () => undefined],
  ['max_connections', '6-8388607', () => 'LEAST({DBInstanceClassMemory/9531392},5000)'],
  ['pgaudit.log', 'ddl,function,misc,read,role,write,none,all', () => undefined],
  ['rds.force_ssl', '0,1', (version) => (version >= 15 ? '1' : '0')],
  ['shared_preload_libraries', '', () => 'pg_stat_statements'],
  ['ssl', '0,1', () => '1'],
  ['ssl_min_protocol_version', 'TLSv1,TLSv1.1,TLSv1.2', () => 'TLSv1.2'],
];
const MYSQL: readonly Known[] = [
  ['general_log', '0,1', () => undefined],
  ['log_output', 'TABLE,FILE,NONE', () => undefined],
  ['long_query_time', '0-31536000', () => undefined],
  ['max_connections', '1-100000', () => '{DBInstanceClassMemory/12582880}'],
  ['require_secure_transport', '0,1', () => undefined],
  ['slow_query_log', '0,1', () => undefined],
  ['tls_version', 'TLSv1.2,TLSv1.3', () => 'TLSv1.2,TLSv1.3'],
];
const AURORA_MYSQL: readonly Known[] = [
  ...MYSQL.filter(([name]) => name !== 'log_output'),
  ['log_output', 'TABLE,FILE,NONE', () => 'FILE'],
  ['server_audit_events', 'CONNECT,QUERY,QUERY_DCL,QUERY_DDL,QUERY_DML,TABLE', () => undefined],
  ['server_audit_logging', '0,1', () => '0'],
  ['server_audit_logs_upload', '0,1', () => '0'],
];
const ORACLE: readonly Known[] = [['audit_trail', 'NONE,OS,DB,XML', () => 'NONE']];
const SQLSERVER: readonly Known[] = [
  ['rds.force_ssl', '0,1', () => '0'],
  ['rds.tls10', 'default,enabled,disabled', () => 'default'],
];

function knownTo(family: string): readonly Known[] {
  if (family.includes('postgres')) return POSTGRES;
  if (family.startsWith('sqlserver')) return SQLSERVER;
  if (family.startsWith('oracle')) return ORACLE;
  return family.startsWith('aurora-mysql') ? AURORA_MYSQL : MYSQL;
}

/** The parameters of a group. A value that nobody set and the service does not preset is left out, as AWS does. */
export function parametersOf({ Family, Parameters = {} }: ParameterGroup): Described<Parameter>[] {
  const known = knownTo(Family);
  const version = Number(/(\d+(?:\.\d+)?)$/.exec(Family)?.[1] ?? 0);
  const names = new Set([...known.map(([name]) => name), ...Object.keys(Parameters)]);
  return [...names].toSorted().map((ParameterName) => {
    const [, AllowedValues = '', preset = () => undefined] = known.find(([name]) => name === ParameterName) ?? [];
    const value = Parameters[ParameterName] ?? preset(version);
    const isSet = Parameters[ParameterName] !== undefined;
    return {
      ParameterName,
      ...(value === undefined ? {} : { ParameterValue: value }),
      Description: `The parameter ${ParameterName}.`,
      Source: isSet ? 'user' : value === undefined ? 'engine-default' : 'system',
      ApplyType: 'dynamic',
      DataType: AllowedValues === '0,1' ? 'boolean' : 'string',
      AllowedValues,
      IsModifiable: true,
      ApplyMethod: 'pending-reboot',
    };
  });
}

/** A major version: the last days of standard and of extended support, and its minor versions. */
interface Major {
  readonly standard?: string;
  readonly extended?: string;
  readonly versions: readonly string[];
  readonly deprecated?: readonly string[];
}
const MAJORS: Readonly<Record<string, Readonly<Record<string, Major>>>> = {
  postgres: {
    '12': { standard: '2025-02-28', extended: '2028-02-29', versions: ['12.22'], deprecated: ['12.3'] },
    '14': { standard: '2027-02-28', extended: '2030-02-28', versions: ['14.12', '14.15'] },
    '16': { standard: '2029-02-28', extended: '2032-02-29', versions: ['16.4', '16.8'] },
  },
  mysql: {
    '5.7': { standard: '2024-02-29', extended: '2027-02-28', versions: ['5.7.44'] },
    '8.0': { standard: '2026-07-31', extended: '2029-07-31', versions: ['8.0.39', '8.0.43'], deprecated: ['8.0.35'] },
  },
  mariadb: { '10.11': { standard: '2028-02-29', versions: ['10.11.8'] } },
  'aurora-postgresql': { '16': { standard: '2029-02-28', extended: '2032-02-29', versions: ['16.4', '16.8'] } },
  'aurora-mysql': {
    '8.0': { standard: '2028-04-30', extended: '2031-04-30', versions: ['8.0.mysql_aurora.3.08.0'] },
  },
  'oracle-se2': { '19': { versions: ['19.0.0.0.ru-2024-07.rur-2024-07.r1'] } },
  'sqlserver-se': { '16.00': { versions: ['16.00.4135.4.v1'] } },
  docdb: { '5.0': { versions: ['5.0.0'] } },
  neptune: { '1.3': { versions: ['1.3.2.1'] } },
};

/** Every version that RDS knows, the deprecated ones included. */
export function engineVersions(): Described<DBEngineVersion>[] {
  return majors().flatMap(([Engine, MajorEngineVersion, { versions, deprecated = [] }]) =>
    [...deprecated, ...versions].map((EngineVersion) => ({
      Engine,
      MajorEngineVersion,
      EngineVersion,
      DBParameterGroupFamily: engineOf(Engine, EngineVersion).Family,
      Status: deprecated.includes(EngineVersion) ? 'deprecated' : 'available',
      SupportsLogExportsToCloudwatchLogs: true,
      SupportsCertificateRotationWithoutRestart: !/^(oracle|sqlserver|mariadb)/.test(Engine),
      SupportedCACertificateIdentifiers: CERTIFICATES.map((one) => one.CertificateIdentifier!),
    })),
  );
}

/** Every major version, with dates for the open source engines only. */
export function majorVersions(): Described<DBMajorEngineVersion>[] {
  return majors().map(([Engine, MajorEngineVersion, { standard, extended }]) => {
    const named = [
      ['open-source-rds-standard-support', standard],
      ['open-source-rds-extended-support', extended],
    ] as const;
    const SupportedEngineLifecycles = named.flatMap(([LifecycleSupportName, end]) =>
      end === undefined
        ? []
        : [
            {
              LifecycleSupportName,
              LifecycleSupportStartDate: '2020-01-01T00:00:00.000Z',
              LifecycleSupportEndDate: `${end}T23:59:59.999Z`,
            },
          ],
    );
    return { Engine, MajorEngineVersion, SupportedEngineLifecycles };
  });
}

function majors(): (readonly [engine: string, major: string, Major])[] {
  return Object.entries(MAJORS).flatMap(([engine, of]) =>
    Object.entries(of).map(([major, one]) => [engine, major, one] as const),
  );
}

/** The certificate authorities that RDS offers. */
export const CERTIFICATES: readonly Described<Certificate>[] = [
  ['rds-ca-rsa2048-g1', '2061'],
  ['rds-ca-rsa4096-g1', '2121'],
  ['rds-ca-ecc384-g1', '2121'],
].map(([CertificateIdentifier, year]) => ({
  CertificateIdentifier,
  CertificateType: 'CA',
  ValidFrom: '2021-05-21T22:00:00.000Z',
  ValidTill: `${year}-05-21T22:00:00.000Z`,
  CustomerOverride: false,
}));
