import { expect, it } from 'vitest';
import imdsv2 from '../../../checks/autoscaling/autoscaling-launch-config-imdsv2-required.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { table } from '../../../lib/core/table.ts';
import { cases, NOW } from '../../support/cases.ts';

const none = { httpTokens: null, httpEndpoint: null, httpTokensEnforced: null, managedBy: null };
const settings = (defaults: object) => ({ settings: [{ id: 'eu-west-1', imdsDefaults: { ...none, ...defaults } }] });
const silent = {
  image: 'ami-1',
  httpTokens: null,
  httpEndpoint: null,
  publicIp: null,
  script: { kind: 'empty' as const, matches: [] },
  imdsSupport: 'none' as 'none' | 'v2.0' | null,
  inUse: ['web'],
};
const optional = { ...silent, httpTokens: 'optional' as const, httpEndpoint: 'enabled' as const };

cases(imdsv2, {
  pass: [
    {
      name: 'tokens are required',
      resource: { ...silent, httpTokens: 'required', httpEndpoint: 'enabled', imdsSupport: null },
      evidence: { httpTokens: 'required', httpEndpoint: 'enabled' },
    },
    { name: 'the service is off', resource: { ...optional, httpEndpoint: 'disabled' } },
    // Launches take what they leave open from the account, and then from the image (EC2 user guide, order of precedence).
    { name: 'the account requires tokens', resource: silent, with: settings({ httpTokens: 'required' }) },
    { name: 'the account switches the service off', resource: silent, with: settings({ httpEndpoint: 'disabled' }) },
    { name: 'the image requires tokens', resource: { ...silent, imdsSupport: 'v2.0' }, with: settings({}) },
    {
      name: 'launches without tokens are refused',
      resource: optional,
      with: settings({ httpTokensEnforced: 'enabled' }),
    },
  ],
  fail: [
    {
      name: 'no metadata options',
      resource: silent,
      with: settings({}),
      severity: undefined,
      evidence: { httpTokens: null, httpEndpoint: null, groups: ['web'] },
    },
    { name: 'tokens are optional', resource: optional, with: settings({ httpTokens: 'required' }) },
    { name: 'the account says that they are', resource: silent, with: settings({ httpTokens: 'optional' }) },
    {
      name: 'no group uses it',
      resource: { ...optional, inUse: [] },
      with: settings({}),
      severity: 'low',
      message: 'no auto scaling group',
    },
  ],
  unknown: [
    {
      name: 'the image cannot be seen',
      resource: { ...silent, imdsSupport: null },
      with: settings({}),
      message: 'ami-1',
    },
    { name: 'the settings of the region are not there', resource: optional, message: 'eu-west-1' },
  ],
});

it('fails at its own severity where groups cannot be listed', () => {
  const gap = {
    reason: 'denied',
    operation: 'autoscaling:DescribeAutoScalingGroups',
    detail: 'access denied',
  } as const;
  const configuration = {
    ...optional,
    region: 'eu-west-1',
    get inUse(): string[] {
      throw new Unknown(gap);
    },
  };
  const rows = table([{ id: 'eu-west-1', imdsDefaults: none }], undefined);
  const verdict = attempt(() =>
    imdsv2.evaluate(configuration as never, { now: NOW, params: {}, variant: '', settings: rows } as never),
  );
  expect(verdict).toMatchObject({ status: 'FAIL', evidence: { groups: null } });
  expect(verdict).not.toHaveProperty('severity');
});
