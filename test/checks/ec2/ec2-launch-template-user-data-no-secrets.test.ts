import noSecrets from '../../../checks/ec2/ec2-launch-template-user-data-no-secrets.ts';
import { cases } from '../../support/cases.ts';

const match = (hash: string) => ({ pattern: 'private-key', line: 3, hash });
const script = <V extends number | null>(version: V, ...hashes: string[]) => ({
  version,
  kind: 'text' as const,
  matches: hashes.map(match),
});
const binary = (version: number) => ({ version, kind: 'binary' as const, matches: [] });
const empty = <V extends number | null>(version: V) => ({ version, kind: 'empty' as const, matches: [] });
const version = (number: number) => ({ number, httpTokens: null, httpEndpoint: null, image: 'ami-1', interfaces: [] });
const template = {
  type: 'AWS::EC2::LaunchTemplate' as const,
  name: 'web',
  defaultVersion: version(1),
  latestVersion: version(4),
  scripts: [],
  inUse: [{ ...version(2), imdsSupport: null, groups: ['web'], subnets: [] }],
};
const configuration = {
  type: 'AWS::AutoScaling::LaunchConfiguration' as const,
  image: 'ami-1',
  httpTokens: null,
  httpEndpoint: null,
  publicIp: null,
  script: { kind: 'empty' as const, matches: [] },
  inUse: [],
};
const only = { allVersions: false };

cases(noSecrets, {
  pass: [
    { name: 'no user data', resource: { ...template, userData: [empty(1), empty(4)] }, message: 'no user data' },
    {
      name: 'no secret in any version',
      resource: { ...template, userData: [script(1), empty(4)] },
      message: 'no secret',
      evidence: { accepted: 0 },
    },
    {
      name: 'an accepted secret',
      resource: { ...template, userData: [script(1, 'aaaaaaaaaaaa')] },
      params: { ignoreHashes: ['aaaaaaaaaaaa'] },
      evidence: { accepted: 1 },
    },
    {
      name: 'a secret in a version that nobody uses, which the params leave out',
      resource: { ...template, userData: [script(1), script(3, 'aaaaaaaaaaaa')] },
      params: only,
    },
    { name: 'a launch configuration without', resource: { ...configuration, userData: [empty(null)] } },
  ],
  fail: [
    {
      name: 'in an old version',
      resource: { ...template, userData: [script(4), script(3, 'aaaaaaaaaaaa')] },
      message: 'secrets in user data: 1',
      evidence: { matches: [{ version: 3, ...match('aaaaaaaaaaaa') }] },
    },
    {
      name: 'in the default version',
      resource: { ...template, userData: [script(1, 'aaaaaaaaaaaa')] },
      params: only,
    },
    { name: 'in the latest version', resource: { ...template, userData: [script(4, 'aaaaaaaaaaaa')] }, params: only },
    {
      name: 'in a version that a group launches',
      resource: { ...template, userData: [script(2, 'aaaaaaaaaaaa')] },
      params: only,
    },
    {
      name: 'beside a version that is binary',
      resource: { ...template, userData: [binary(1), script(2, 'aaaaaaaaaaaa')] },
    },
    {
      name: 'in a launch configuration, which has no versions',
      resource: { ...configuration, userData: [script(null, 'aaaaaaaaaaaa')] },
      evidence: { matches: [match('aaaaaaaaaaaa')] },
    },
    {
      name: 'in a launch configuration that no group uses',
      resource: { ...configuration, userData: [script(null, 'aaaaaaaaaaaa')] },
      params: only,
    },
  ],
  unknown: [
    {
      name: 'binary content in one version',
      resource: { ...template, userData: [script(4), binary(1)] },
      message: 'by hand',
    },
  ],
});
