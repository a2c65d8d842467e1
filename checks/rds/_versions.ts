const versions = new Intl.Collator('en', { numeric: true });

/** Is the version of an engine this one or a later one? Compared number by number: '10.11' is later than '10.6.17'. */
export function isSince(version: string, first: string): boolean {
  return versions.compare(version, first) >= 0;
}

/** The engines of which AWS tells when the support of a major version ends (API reference, SupportedEngineLifecycle). */
const OPEN_SOURCE = ['mysql', 'mariadb', 'postgres', 'aurora-mysql', 'aurora-postgresql'];

export function hasLifecycle(engine: string): boolean {
  return OPEN_SOURCE.includes(engine);
}

/** The end of standard support of the major version that a version belongs to; null where AWS tells none, undefined where it is not known. */
export function lifecycleOf(
  version: string,
  majors: readonly { readonly major: string; readonly standardSupportEnds: string | null | undefined }[],
): { readonly standardSupportEnds: string | null | undefined } {
  // With the dot: 10.11.8 is no version of 10.1.
  const own = majors.find(({ major }) => version === major || version.startsWith(`${major}.`));
  return own ? { standardSupportEnds: own.standardSupportEnds } : { standardSupportEnds: null };
}

/**
 * Has a version IAM authentication? MariaDB from 10.11 on (RDS user guide, "Supported Regions and DB engines for IAM database
 * authentication in Amazon RDS"). The version is asked for only where it decides.
 */
export function hasIamAuthentication(engine: string, version: () => string): boolean {
  return OPEN_SOURCE.includes(engine) && (engine !== 'mariadb' || isSince(version(), '10.11'));
}

/** Oldest first. */
const TLS_VERSIONS = ['1.0', '1.1', '1.2', '1.3'] as const;
export type TlsVersion = (typeof TLS_VERSIONS)[number];

export function isTlsVersion(text: string): text is TlsVersion {
  return TLS_VERSIONS.some((version) => version === text);
}

type Parameters = Readonly<Record<string, string | null | undefined>>;

const NAMES: Readonly<Record<string, TlsVersion>> = {
  tlsv1: '1.0',
  'tlsv1.1': '1.1',
  'tlsv1.2': '1.2',
  'tlsv1.3': '1.3',
};

/** The lowest TLS version where tls_version is not set, newest engine version first. What is not here, AWS does not document. */
const LOWEST_BY_DEFAULT: Readonly<Record<string, readonly (readonly [since: string, lowest: TlsVersion])[]>> = {
  mysql: [['8.0', '1.2']],
  mariadb: [['10.6.17', '1.2']],
  'aurora-mysql': [
    ['3.04', '1.2'],
    ['2', '1.0'],
  ],
};

/** The last versions of SQL Server whose default enables TLS 1.0 and 1.1; minor versions after them disable it. */
const LAST_WITH_OLD_TLS = ['16.00.4120.1', '15.00.4365.2', '14.00.3465.1', '13.00.6435.1', '12.00.6449.1'];

const SQL_SERVER_SWITCHES = [
  ['rds.tls10', '1.0'],
  ['rds.tls11', '1.1'],
] as const;

/** The lowest TLS version that a database accepts; null where neither its parameters nor the documentation of its engine tell. */
export function lowestTls(engine: string, engineVersion: string, parameters: Parameters): TlsVersion | null {
  if (engine.startsWith('sqlserver-')) return lowestOfSqlServer(engineVersion, parameters);
  const value = parameters['ssl_min_protocol_version'] ?? parameters['tls_version'];
  return value ? lowestOf(value) : lowestByDefault(engine, engineVersion);
}

function lowestOf(value: string): TlsVersion | null {
  const named = value.split(',').map((name) => NAMES[name.trim().toLowerCase()]);
  const lowest = named.includes(undefined) ? undefined : TLS_VERSIONS.find((version) => named.includes(version));
  return lowest ?? null;
}

function lowestByDefault(engine: string, engineVersion: string): TlsVersion | null {
  // Aurora MySQL has the version of MySQL first: 8.0.mysql_aurora.3.04.0.
  const own = engineVersion.split('mysql_aurora.').at(-1)!;
  return LOWEST_BY_DEFAULT[engine]?.find(([since]) => isSince(own, since))?.[1] ?? null;
}

/** TLS 1.2 is always enabled there. */
function lowestOfSqlServer(engineVersion: string, parameters: Parameters): TlsVersion | null {
  for (const [parameter, lowest] of SQL_SERVER_SWITCHES) {
    const isEnabled = isEnabledInSqlServer(parameters[parameter], engineVersion);
    if (isEnabled === null) return null;
    if (isEnabled) return lowest;
  }
  return '1.2';
}

function isEnabledInSqlServer(value: string | null | undefined, engineVersion: string): boolean | null {
  if (value === 'enabled') return true;
  if (value === 'disabled') return false;
  if (value !== null && value !== 'default') return null;
  // Versions end in a revision of RDS that the documentation leaves out: 15.00.4365.2.v1.
  const own = engineVersion.replace(/\.v\d+$/, '');
  const last = LAST_WITH_OLD_TLS.find((version) => version.slice(0, 2) === own.slice(0, 2));
  return last === undefined ? null : isSince(last, own);
}
