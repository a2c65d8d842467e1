import type { Json } from '../../lib/core/model.ts';
import { lateGroup, type Group, type ParameterGroup } from './_databases.ts';
import { isSince, lowestTls, type TlsVersion } from './_versions.ts';

/** The parameters that tell whether a database requires TLS, and which versions of it; in lower case. */
export const TLS_PARAMETERS = [
  'rds.force_ssl',
  'require_secure_transport',
  'db2comm',
  'ssl_min_protocol_version',
  'tls_version',
  'rds.tls10',
  'rds.tls11',
] as const;
type TlsParameter = (typeof TLS_PARAMETERS)[number];

/** What the parameter and option groups of a database say about TLS. */
export interface TlsSettings {
  /** The parameters that the groups know; null where the engine's default holds. */
  readonly parameters: Readonly<Partial<Record<TlsParameter, string | null>>>;
  readonly options: readonly TlsOption[];
}
/** Oracle's options SSL and NATIVE_NETWORK_ENCRYPTION. */
export type TlsOption = {
  readonly group: string;
  readonly name: string;
  /** The setting SQLNET.ENCRYPTION_SERVER of native network encryption. */
  readonly encryptionServer: string | null;
};
export type TlsSubject = TlsDatabase | TlsProxy;
interface TlsProxy {
  readonly type: 'AWS::RDS::DBProxy';
  readonly requireTls: boolean;
  readonly tls: null;
}
interface TlsDatabase {
  readonly type: 'AWS::RDS::DBInstance' | 'AWS::RDS::DBCluster';
  readonly engine: string;
  readonly engineVersion: string;
  readonly parameterGroups: readonly ParameterGroup[];
  readonly optionGroups: readonly Group[];
  readonly tls: TlsSettings | null;
}

/** Does a database refuse connections without TLS? Null where that is not known. `words` say why, as a message. */
export interface Demand {
  readonly isRequired: boolean | null;
  readonly words: string;
  readonly evidence?: Json;
}

/** What makes an engine require TLS. */
interface Switch {
  readonly engine: RegExp;
  readonly parameter: TlsParameter;
  /** The first version in which AWS documents it as on by default, or that it never is; null where AWS documents no default. */
  readonly onSince: string | null;
}
/** Later than any version. */
const NEVER = '9999';
const SWITCHES: readonly Switch[] = [
  { engine: /^postgres$/, parameter: 'rds.force_ssl', onSince: '15' },
  { engine: /^aurora-postgresql$/, parameter: 'rds.force_ssl', onSince: '17' },
  { engine: /^sqlserver-/, parameter: 'rds.force_ssl', onSince: NEVER },
  { engine: /^(aurora-)?mysql$/, parameter: 'require_secure_transport', onSince: NEVER },
  { engine: /^mariadb$/, parameter: 'require_secure_transport', onSince: '11.8' },
  { engine: /^db2-/, parameter: 'db2comm', onSince: null },
];
/** How the parameters say yes and no; for Db2 they name the protocols. */
const ANSWERS: Readonly<Record<string, boolean>> = {
  '1': true,
  on: true,
  true: true,
  ssl: true,
  '0': false,
  off: false,
  false: false,
  tcpip: false,
  'tcpip,ssl': false,
  'ssl,tcpip': false,
};

export function hasTlsParameters(engine: string): boolean {
  return SWITCHES.some((one) => one.engine.test(engine));
}
export function hasTlsOptions(engine: string): boolean {
  return engine.startsWith('oracle-');
}

/** Whether a database requires TLS, by what its engine goes by: a parameter, or an option. */
export function tlsDemand(database: TlsSubject): Demand {
  if (database.type === 'AWS::RDS::DBProxy') return byProxy(database);
  const { engine, tls } = database;
  if (!tls) return unclear(`no setting that AWS shows tells whether ${engine} requires TLS`);
  const own = SWITCHES.find((one) => one.engine.test(engine));
  return own ? byParameter(own, tls, database) : byOption(tls, database);
}

/** The lowest TLS version that a database accepts; null where that is not known, as of proxies: AWS shows no version of theirs. */
export function lowestTlsOf(database: TlsSubject): TlsVersion | null {
  if (!database.tls) return null;
  return lowestTls(database.engine, database.engineVersion, database.tls.parameters);
}

function byProxy({ requireTls }: TlsProxy): Demand {
  return { isRequired: requireTls, words: `RequireTLS is ${requireTls ? 'on' : 'off'}`, evidence: { requireTls } };
}

function byParameter({ parameter, onSince }: Switch, tls: TlsSettings, database: TlsDatabase): Demand {
  const value = tls.parameters[parameter];
  if (value === undefined) return unclear(`the parameter group has no parameter ${parameter}`);
  const isOn = value === null ? isOnByDefault(onSince, database) : ANSWERS[value.toLowerCase().replaceAll(' ', '')];
  if (isOn === undefined) return unclear(`${parameter} is ${value ?? 'not set, and AWS documents no default'}`);
  const groups = database.parameterGroups;
  const evidence = { [parameter]: value, parameterGroups: groups };
  const words = `${parameter} is ${isOn ? 'on' : 'off'}${value === null ? ' by default' : ''}`;
  if (!isOn) return { isRequired: false, words, evidence };
  return inForce(words, evidence, lateGroup(groups));
}

function isOnByDefault(onSince: string | null, database: TlsDatabase): boolean | undefined {
  return onSince === null ? undefined : isSince(database.engineVersion, onSince);
}

/** The option SSL does not decide: it opens a second port, and clear text stays possible on the first (RDS user guide). */
function byOption({ options }: TlsSettings, database: TlsDatabase): Demand {
  const requiring = options.filter(({ encryptionServer }) => encryptionServer?.toUpperCase() === 'REQUIRED');
  const evidence = { options };
  if (requiring.length === 0)
    return { isRequired: false, words: 'native network encryption is not required', evidence };
  const groups = database.optionGroups.filter(({ name }) => requiring.some((option) => option.group === name));
  return inForce('native network encryption is required', evidence, lateGroup(groups));
}

function inForce(words: string, evidence: Json, late: string | undefined): Demand {
  return { isRequired: late === undefined, words: late === undefined ? words : `${words}, but ${late}`, evidence };
}

function unclear(words: string): Demand {
  return { isRequired: null, words };
}
