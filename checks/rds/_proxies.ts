interface Proxy {
  readonly requireTls: boolean;
  readonly debugLogging: boolean;
  readonly defaultAuthScheme: string;
  readonly auth: readonly { readonly iamAuth: string; readonly clientPasswordAuthType: string | null }[];
}
interface Pool {
  readonly name: string;
  readonly maxConnectionsPercent: number;
}

/** Ways of clients to sign in whose hashes are broken. */
const WEAK = ['POSTGRES_MD5', 'MYSQL_NATIVE_PASSWORD'];

/** What is wrong with the settings of a proxy, in words. */
export function proxyProblems(proxy: Proxy, requireIam: boolean): readonly string[] {
  const weak = proxy.auth.find(({ clientPasswordAuthType }) => WEAK.includes(clientPasswordAuthType ?? ''));
  const isIamOptional =
    requireIam && proxy.defaultAuthScheme !== 'IAM_AUTH' && proxy.auth.some(({ iamAuth }) => iamAuth === 'DISABLED');
  return [
    ...(proxy.requireTls ? [] : ['TLS is not required']),
    ...(weak ? [`clients sign in with ${weak.clientPasswordAuthType}`] : []),
    ...(isIamOptional ? ['clients need no IAM authentication'] : []),
    ...(proxy.debugLogging ? ['debug logging shows the text of queries'] : []),
  ];
}

/** The connection pools that may take more of the database's connections than the maximum, in words. */
export function poolProblems(pools: readonly Pool[], maxPercent: number): readonly string[] {
  return pools
    .filter(({ maxConnectionsPercent }) => maxConnectionsPercent > maxPercent)
    .map(({ name, maxConnectionsPercent: percent }) => `pool ${name} may take ${percent} % of all connections`);
}
