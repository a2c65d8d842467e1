import imdsv2 from '../../../checks/ec2/ec2-launch-template-imdsv2-required.ts';
import { cases } from '../../support/cases.ts';

const silent = { number: 1, httpTokens: null, httpEndpoint: null, image: 'ami-1', interfaces: [] } as const;
const required = { ...silent, httpTokens: 'required' } as const;
const optional = { ...silent, httpTokens: 'optional' } as const;
const none = { httpTokens: null, httpEndpoint: null, httpTokensEnforced: null, managedBy: null };
const settings = (defaults: object) => ({ settings: [{ id: 'eu-west-1', imdsDefaults: { ...none, ...defaults } }] });

const template = {
  name: 'web',
  defaultVersion: required,
  latestVersion: required,
  imdsSupport: { ofDefault: null, ofLatest: null },
  scripts: [],
  inUse: [],
};
/** The default version is the latest, too. */
const only = (
  version: typeof silent | typeof required | typeof optional | object,
  support: 'v2.0' | 'none' | null = null,
) => {
  const one = { ...silent, ...version };
  return {
    ...template,
    defaultVersion: one,
    latestVersion: one,
    imdsSupport: { ofDefault: support, ofLatest: support },
  };
};
const launched = (version: object, support: 'v2.0' | 'none' | null = null) => ({
  ...silent,
  ...version,
  imdsSupport: support,
  groups: ['web'],
  subnets: [],
});
/** Evidence tells nothing of interfaces. */
const told = (version: typeof silent | typeof optional, ...groups: string[]) => {
  const { interfaces: _, ...rest } = version;
  return { ...rest, groups };
};

cases(imdsv2, {
  pass: [
    { name: 'tokens are required', resource: only(required) },
    { name: 'the endpoint is off', resource: only({ httpEndpoint: 'disabled' }) },
    { name: 'the endpoint is off, tokens are optional', resource: only({ ...optional, httpEndpoint: 'disabled' }) },
    {
      name: 'the default of the account requires tokens',
      resource: only(silent),
      with: settings({ httpTokens: 'required' }),
    },
    // Each option is settled for itself: the account may switch the endpoint off (order of precedence, EC2 user guide).
    {
      name: 'the default of the account switches the endpoint off',
      resource: only(optional),
      with: settings({ httpEndpoint: 'disabled' }),
    },
    { name: 'the AMI requires tokens', resource: only(silent, 'v2.0'), with: settings({}) },
    {
      name: 'launches without tokens fail in this region',
      resource: only(optional),
      with: settings({ httpTokensEnforced: 'enabled' }),
    },
    {
      name: 'a version that a group launches',
      resource: { ...template, inUse: [launched({ number: 2, httpTokens: 'required' })] },
    },
    {
      name: 'a group launches another AMI, which requires tokens',
      resource: { ...template, inUse: [launched({ image: 'ami-2' }, 'v2.0')] },
      with: settings({}),
    },
    {
      name: 'the latest version is not used by groups, which use another',
      resource: { ...template, latestVersion: optional, inUse: [launched(required)] },
      with: settings({}),
    },
  ],
  fail: [
    {
      name: 'no metadata options at all: the documented defaults are an endpoint and optional tokens',
      resource: only(silent, 'none'),
      with: settings({}),
      severity: undefined,
      message: 'version 1',
      evidence: { launches: [told(silent)] },
    },
    { name: 'tokens are optional', resource: only(optional), with: settings({}) },
    {
      name: 'tokens are optional, which beats the default of the account',
      resource: only(optional),
      with: settings({ httpTokens: 'required' }),
    },
    { name: 'tokens are optional, which beats the AMI', resource: only(optional, 'v2.0'), with: settings({}) },
    {
      name: 'a default of optional for the account beats the AMI',
      resource: only(silent, 'v2.0'),
      with: settings({ httpTokens: 'optional' }),
    },
    {
      name: 'the endpoint is on, which beats the account',
      resource: only({ ...optional, httpEndpoint: 'enabled' }),
      with: settings({ httpEndpoint: 'disabled' }),
    },
    { name: 'not enforced', resource: only(optional), with: settings({ httpTokensEnforced: 'disabled' }) },
    {
      name: 'a version that a group pins, although another version requires tokens',
      resource: { ...template, inUse: [launched({ ...optional, number: 2 }), launched({ ...required, number: 3 })] },
      with: settings({}),
      severity: undefined,
      message: 'version 2 ',
      evidence: { launches: [{ ...told(optional, 'web'), number: 2 }] },
    },
    {
      name: 'a group launches another AMI, which does not require tokens',
      resource: { ...only(silent, 'v2.0'), inUse: [launched({ image: 'ami-2' }, 'none')] },
      with: settings({}),
    },
    {
      name: 'the default version, which a group names too, once in the message',
      resource: { ...only(optional), inUse: [launched(optional)] },
      with: settings({}),
      message: /version 1 answer/,
      evidence: {
        launches: [told(optional), told(optional, 'web')],
      },
    },
    {
      name: 'of the default version nothing is known, and a group launches a weak one',
      resource: { ...only(silent, null), inUse: [launched(optional)] },
      with: settings({}),
    },
    {
      name: 'the latest version only',
      resource: { ...template, latestVersion: { ...optional, number: 9 } },
      with: settings({}),
      severity: 'low',
      message: 'version 9',
    },
    {
      name: 'the latest version only, by its AMI',
      resource: {
        ...template,
        latestVersion: { ...silent, number: 9 },
        imdsSupport: { ofDefault: null, ofLatest: 'none' },
      },
      with: settings({}),
      severity: 'low',
    },
  ],
  unknown: [
    {
      name: 'a parameter names the AMI at launch',
      resource: only({ image: 'resolve:ssm:/ami' }),
      with: settings({}),
      message: 'resolve:ssm:/ami',
    },
    { name: 'the AMI cannot be seen', resource: only(silent), with: settings({}), message: 'ami-1' },
    {
      name: 'the template names no AMI',
      resource: only({ image: null }),
      with: settings({}),
      message: 'the AMI of the launch',
    },
    { name: 'the settings of the region are not there', resource: only(silent), message: 'eu-west-1' },
  ],
});
