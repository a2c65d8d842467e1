import viaGroups from '../../../checks/iam/iam-user-policies-via-groups.ts';
import { cases } from '../../support/cases.ts';
import { CREATED } from './_fixtures.ts';

const person = { uniqueId: 'AIDA1', path: '/', created: CREATED.toISOString(), groups: [], permissionsBoundary: null };
const ofAws = (name: string) => ({ name, arn: `arn:aws:iam::aws:policy/${name}` });
const own = (name: string) => ({ name, arn: `arn:aws:iam::111122223333:policy/${name}` });
const inline = (name: string) => ({ name, text: '{}' });

cases(viaGroups, {
  pass: [
    { name: 'no policies', resource: { ...person, attachedPolicies: [], documents: [] } },
    { name: 'a member of groups', resource: { ...person, groups: ['admins'], attachedPolicies: [], documents: [] } },
    {
      name: 'a permissions boundary grants nothing',
      resource: { ...person, permissionsBoundary: own('b').arn, attachedPolicies: [], documents: [] },
    },
    {
      name: 'the policy that the console attaches',
      resource: { ...person, attachedPolicies: [ofAws('IAMUserChangePassword')], documents: [] },
    },
    {
      name: 'policies that are ignored by pattern',
      resource: { ...person, attachedPolicies: [own('ci-push')], documents: [inline('ci-pull')] },
      params: { ignorePolicies: ['ci-*'] },
    },
  ],
  fail: [
    {
      name: 'an attached policy',
      resource: { ...person, attachedPolicies: [ofAws('IAMUserChangePassword'), own('deploy')], documents: [] },
      message: 'deploy',
      evidence: { attached: ['deploy'], inline: [] },
      severity: undefined,
    },
    {
      name: 'an inline policy',
      resource: { ...person, attachedPolicies: [], documents: [inline('mail')] },
      message: 'mail',
      evidence: { attached: [], inline: ['mail'] },
    },
    {
      name: 'the policy that the console attaches, where nothing is ignored',
      resource: { ...person, attachedPolicies: [ofAws('IAMUserChangePassword')], documents: [] },
      params: { ignorePolicies: [] },
    },
    {
      name: 'a quarantine of AWS is no matter of hygiene',
      resource: { ...person, attachedPolicies: [own('deploy'), ofAws('AWSCompromisedKeyQuarantineV3')], documents: [] },
      severity: 'critical',
      message: 'quarantine',
      evidence: { attached: ['deploy', 'AWSCompromisedKeyQuarantineV3'], inline: [] },
    },
    {
      name: 'a policy of the account that is merely called like a quarantine, beside another',
      resource: { ...person, attachedPolicies: [own('AWSCompromisedKeyQuarantineV2'), own('deploy')], documents: [] },
      severity: undefined,
      evidence: { attached: ['deploy'], inline: [] },
    },
  ],
});
