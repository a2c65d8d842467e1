import type { Parameter } from '@aws-sdk/client-rds';
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
  ['max_connections', '6-8388607', () => 'LEAST({DBInstanceClassMemory/9531392},5000)'],
  ['rds.force_ssl', '0,1', (version) => (version >= 15 ? '1' : '0')],
  ['shared_preload_libraries', '', () => 'pg_stat_statements'],
  ['ssl', '0,1', () => '1'],
  ['ssl_min_protocol_version', 'TLSv1,TLSv1.1,TLSv1.2', () => 'TLSv1.2'],
];
const MYSQL: readonly Known[] = [
  ['general_log', '0,1', () => undefined],
  ['max_connections', '1-100000', () => '{DBInstanceClassMemory/12582880}'],
  ['require_secure_transport', '0,1', () => undefined],
  ['slow_query_log', '0,1', () => undefined],
  ['tls_version', 'TLSv1.2,TLSv1.3', () => 'TLSv1.2,TLSv1.3'],
];
const SQLSERVER: readonly Known[] = [
  ['rds.force_ssl', '0,1', () => '0'],
  ['rds.tls10', 'default,enabled,disabled', () => 'default'],
];

/** The parameters of a group. A value that nobody set and the service does not preset is left out, as AWS does. */
export function parametersOf({ Family, Parameters = {} }: ParameterGroup): Described<Parameter>[] {
  const known = Family.includes('postgres') ? POSTGRES : Family.startsWith('sqlserver') ? SQLSERVER : MYSQL;
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
