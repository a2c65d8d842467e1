import type { Json } from '../../lib/core/model.ts';
import { isSince } from './_versions.ts';

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
  readonly group: string | null;
  readonly name: string;
  /** The setting SQLNET.ENCRYPTION_SERVER of native network encryption. */
  readonly encryptionServer: string | null;
};
export type ParameterGroup = { readonly name: string | null; readonly applyStatus: string | null };
export type OptionGroup = { readonly name: string | null; readonly status: string | null };
export interface TlsSubject {
  readonly engine: string;
  readonly engineVersion: string;
  readonly parameterGroups: readonly ParameterGroup[];
  readonly optionGroups: readonly OptionGroup[];
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
  const { engine } = database;
  const own = SWITCHES.find((one) => one.engine.test(engine));
  if (own) return byParameter(own, database);
  if (hasTlsOptions(engine)) return byOption(database);
  return unclear(`no setting that AWS shows tells whether ${engine} requires TLS`);
}

function byParameter({ parameter, onSince }: Switch, database: TlsSubject): Demand {
  const value = database.tls?.parameters[parameter];
  if (value === undefined) return unclear(`the parameter group has no parameter ${parameter}`);
  if (value === null && onSince === null) return unclear(`${parameter} is not set, and AWS documents no default`);
  const isOn = value === null ? isSince(database.engineVersion, onSince) : ANSWERS[value.toLowerCase().replaceAll(' ', '')];
  if (isOn === undefined) return unclear(`${parameter} has the value ${value}`);
  const groups = database.parameterGroups;
  const evidence = { [parameter]: value, parameterGroups: groups };
  const words = `${parameter} is ${isOn ? 'on' : 'off'}${value === null ? ' by default' : ''}`;
  if (!isOn) return { isRequired: false, words, evidence };
  return inForce(words, evidence, groups.map(({ name, applyStatus }) => ({ name, status: applyStatus })));
}

/** The option SSL does not decide: it opens a second port, and clear text stays possible on the first (RDS user guide). */
function byOption(database: TlsSubject): Demand {
  const options = database.tls?.options ?? [];
  const requiring = options.filter((option) => option.encryptionServer?.toUpperCase() === 'REQUIRED').map((option) => option.group);
  const evidence = { options };
  if (requiring.length === 0) return { isRequired: false, words: 'native network encryption is not required', evidence };
  const groups = database.optionGroups.filter((group) => requiring.includes(group.name));
  return inForce('native network encryption is required', evidence, groups);
}

/** What a group demands holds once the group is applied; until then it may be anything that it was before. */
function inForce(words: string, evidence: Json, groups: readonly OptionGroup[]): Demand {
  const late = groups.find(({ status }) => status !== 'in-sync');
  if (!late) return { isRequired: true, words, evidence };
  if (late.status === null) return unclear(`${words}, but whether ${late.name} is applied is not known`);
  return { isRequired: false, words: `${words}, but ${late.name} is ${late.status}`, evidence };
}

function unclear(words: string): Demand {
  return { isRequired: null, words };
}
