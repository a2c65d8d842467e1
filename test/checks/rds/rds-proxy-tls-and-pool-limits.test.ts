import proxies from '../../../checks/rds/rds-proxy-tls-and-pool-limits.ts';
import { cases } from '../../support/cases.ts';
import { proxy } from './_fixtures.ts';

const user = (iamAuth: string, clientPasswordAuthType: string | null) =>
  ({ iamAuth, clientPasswordAuthType }) as ReturnType<typeof proxy>['auth'][number];
const scram = user('DISABLED', 'POSTGRES_SCRAM_SHA_256');
const pool = (maxConnectionsPercent: number, name = 'default') => ({ name, maxConnectionsPercent });
const pooled = (change: Parameters<typeof proxy>[0] = {}, ...pools: ReturnType<typeof pool>[]) => ({
  ...proxy(change),
  pools: pools.length === 0 ? [pool(90)] : pools,
});
const requireIam = { requireIam: true };

cases(proxies, {
  pass: [
    {
      name: 'TLS, strong passwords, and a bounded pool',
      resource: pooled(),
      evidence: {
        requireTls: true,
        debugLogging: false,
        defaultAuthScheme: 'NONE',
        auth: [scram],
        pools: [pool(90)],
      },
    },
    { name: 'no passwords at all', resource: pooled({ auth: [user('REQUIRED', null)] }), params: requireIam },
    { name: 'IAM for everybody', resource: pooled({ defaultAuthScheme: 'IAM_AUTH' }), params: requireIam },
    { name: 'IAM for those who want it', resource: pooled({ auth: [user('ENABLED', null)] }), params: requireIam },
    { name: 'a larger maximum', resource: pooled({}, pool(100)), params: { maxPercent: 100 } },
  ],
  fail: [
    {
      name: 'TLS is not required',
      resource: pooled({ requireTls: false }),
      message: /^TLS is not required$/,
      evidence: { requireTls: false, debugLogging: false, defaultAuthScheme: 'NONE', auth: [scram] },
    },
    ...['POSTGRES_MD5', 'MYSQL_NATIVE_PASSWORD'].map((type) => ({
      name: `one user with ${type}`,
      resource: pooled({ auth: [scram, user('DISABLED', type)] }),
      message: `clients sign in with ${type}`,
    })),
    {
      name: 'one user without IAM, where it is required',
      resource: pooled({ auth: [user('REQUIRED', null), scram] }),
      params: requireIam,
      message: 'clients need no IAM authentication',
    },
    { name: 'debug logging', resource: pooled({ debugLogging: true }), message: 'the text of queries' },
    {
      name: 'several of them',
      resource: pooled({ requireTls: false, debugLogging: true }),
      message: 'TLS is not required; debug logging',
    },
    {
      name: 'one percent more than the maximum',
      resource: pooled({}, pool(91)),
      message: 'pool default may take 91 % of all connections',
      evidence: { pools: [pool(91)] },
    },
    {
      name: 'two pools without room for administration',
      resource: pooled({}, pool(100), pool(50), pool(100, 'second')),
      message: 'pool default may take 100 % of all connections; pool second',
    },
  ],
  skip: [
    {
      name: 'not available',
      resource: { ...proxy({ status: 'creating', requireTls: false }), pools: null },
      message: 'the proxy is creating',
    },
  ],
});
