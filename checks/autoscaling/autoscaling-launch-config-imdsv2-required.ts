import { check, fail, pass, rated, table } from '../../lib/core/check.ts';
import { ifKnown, required } from '../../lib/core/knowledge.ts';
import { weakLaunches } from '../ec2/_imds.ts';

export default check({
  id: 'autoscaling-launch-config-imdsv2-required',
  title: 'Launch configurations make their instances require IMDSv2',
  severity: 'high',
  why: 'Every instance that the group adds hands the credentials of its role to a forged request.',
  fix: "aws autoscaling update-auto-scaling-group --auto-scaling-group-name <group> --launch-template 'LaunchTemplateId=<template-id>,Version=$Default'",
  resource: 'AWS::AutoScaling::LaunchConfiguration',
  needs: ['imdsSupport', 'inUse'],
  uses: { settings: table('AWS::EC2::AccountSettings', 'imdsDefaults') },
  evaluate(configuration, { settings }) {
    const { region, httpTokens, httpEndpoint } = configuration;
    const account = () => required(settings.get(region), `what ${region} is set to`).imdsDefaults;
    const launch = { version: configuration, support: () => configuration.imdsSupport, groups: [] };
    if (weakLaunches([() => [launch]], account).length === 0)
      return pass('tokens are required, or the metadata service is off', { httpTokens, httpEndpoint });
    const groups = ifKnown(() => configuration.inUse, null);
    const verdict = fail('instances launched from it answer IMDSv1', { httpTokens, httpEndpoint, groups });
    return groups?.length === 0 ? rated('low', 'no auto scaling group uses it', verdict) : verdict;
  },
});
