import byDefault from '../../../checks/ec2/ec2-account-imdsv2-default-required.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const none = { httpTokens: null, httpEndpoint: null, httpTokensEnforced: null, managedBy: null };
const version = { number: 1, httpTokens: null, httpEndpoint: null, image: null, interfaces: [] };
const instances = [instance];
const launchTemplates = [{ name: 'web', defaultVersion: version, latestVersion: version, scripts: [] }];
const autoScalingGroups = [{ launchTemplates: [] }];

cases(byDefault, {
  pass: [
    {
      name: 'required',
      resource: { imdsDefaults: { ...none, httpTokens: 'required' } },
      with: { instances },
      message: 'by default',
    },
    {
      name: 'enforced: launches without tokens fail',
      resource: { imdsDefaults: { ...none, httpTokensEnforced: 'enabled' } },
      with: { instances },
      message: 'refused',
    },
    {
      name: 'enforced, with optional as the default',
      resource: { imdsDefaults: { ...none, httpTokens: 'optional', httpTokensEnforced: 'enabled' } },
      with: { instances },
    },
    { name: 'required in a region that is not used', resource: { imdsDefaults: { ...none, httpTokens: 'required' } } },
  ],
  fail: [
    { name: 'no preference', resource: { imdsDefaults: none }, with: { instances }, evidence: { imdsDefaults: none } },
    { name: 'optional', resource: { imdsDefaults: { ...none, httpTokens: 'optional' } }, with: { instances } },
    {
      name: 'not enforced',
      resource: { imdsDefaults: { ...none, httpTokensEnforced: 'disabled' } },
      with: { instances },
    },
    {
      name: 'set by a policy of the organisation, which evidence names',
      resource: { imdsDefaults: { ...none, httpTokens: 'optional', managedBy: 'declarative-policy' } },
      with: { instances },
    },
    { name: 'a region with launch templates only', resource: { imdsDefaults: none }, with: { launchTemplates } },
    { name: 'a region with auto scaling groups only', resource: { imdsDefaults: none }, with: { autoScalingGroups } },
    {
      name: 'a region that is not used, where all count',
      resource: { imdsDefaults: none },
      params: { onlyUsedRegions: false },
    },
  ],
  skip: [{ name: 'a region that is not used', resource: { imdsDefaults: none }, message: 'no instance' }],
});
