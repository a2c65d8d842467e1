import guardrails from '../../../checks/organizations/organizations-guardrail-policies-attached.ts';
import { parsePolicy } from '../../../lib/policy/document.ts';
import { cases } from '../../support/cases.ts';

const SCP = 'SERVICE_CONTROL_POLICY' as const;
const RCP = 'RESOURCE_CONTROL_POLICY' as const;
const ACCOUNT = '444455556666';
const UNIT = 'ou-ab12-workload';
const ROOT = 'r-ab12';
const REQUIRED = [
  'cloudtrail:StopLogging',
  'cloudtrail:DeleteTrail',
  'config:StopConfigurationRecorder',
  'guardduty:DeleteDetector',
  'organizations:LeaveOrganization',
];
const path = [ACCOUNT, UNIT, ROOT];
const resource = {
  id: ACCOUNT,
  name: 'workload',
  state: 'ACTIVE' as const,
  isManagementAccount: false,
  path,
  policyTypes: [SCP],
};
type Kind = typeof SCP | typeof RCP;
const policy = (id: string, statement: object, targets: string[], kind: Kind = SCP) => ({
  id,
  arn: `arn:aws:organizations::111122223333:policy/o-harbour001/${kind}/${id}`,
  name: id,
  kind,
  statements: parsePolicy({ Version: '2012-10-17', Statement: statement }).statements,
  targets,
});
const allow = (Action: string | string[], Resource: string | string[] = '*') => ({ Effect: 'Allow', Action, Resource });
const deny = (Action: string | string[], more: object = {}) => ({ Effect: 'Deny', Action, Resource: '*', ...more });
const FULL = policy('p-FullAWSAccess', allow('*'), path);
const fullOn = (...targets: string[]) => ({ ...FULL, targets });
const guarding = (...targets: string[]) => policy('p-guard', deny(REQUIRED), targets);
const judged = (...policies: (typeof FULL)[]) => ({ resource, with: { policies } });
const BREAK_GLASS = { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/break-glass' } } };
const none = { requiredDenies: [] };

cases(guardrails, {
  pass: [
    { name: 'on the root', ...judged(FULL, guarding(ROOT)), evidence: { path } },
    { name: 'on its unit', ...judged(FULL, guarding(UNIT)) },
    { name: 'on itself', ...judged(FULL, guarding(ACCOUNT)) },
    { name: 'but for a break-glass role', ...judged(FULL, policy('p-guard', deny(REQUIRED, BREAK_GLASS), [ROOT])) },
    {
      name: 'by several policies and wildcards',
      ...judged(
        FULL,
        policy('p-trails', [deny('CloudTrail:*'), deny(['config:Stop*'])], [ROOT]),
        policy('p-rest', deny(['guardduty:Delete*', 'organizations:LeaveOrganization']), [UNIT]),
      ),
    },
    {
      name: 'of the trail that matters',
      ...judged(
        FULL,
        policy(
          'p-guard',
          [
            deny(['cloudtrail:*'], { Resource: 'arn:*:cloudtrail:*:*:trail/harbour-*' }),
            deny(['config:*', 'guardduty:*', 'organizations:*']),
          ],
          [ROOT],
        ),
      ),
    },
    {
      name: 'of all but the trails of one region',
      ...judged(
        FULL,
        policy('p-guard', { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:cloudtrail:us-east-1:*' }, [ROOT]),
      ),
    },
    {
      name: 'by leaving out: what a level does not allow',
      ...judged(fullOn(ACCOUNT, ROOT), policy('p-few', allow(['ec2:*', 's3:*']), [UNIT])),
    },
    {
      name: 'any Deny, where none is required',
      ...judged(FULL, policy('p-one', deny('s3:PutBucketPolicy'), [ROOT])),
      params: none,
    },
    {
      name: 'a resource control policy, where no Deny is required',
      ...judged(FULL, policy('p-r', deny('s3:*'), [ROOT], RCP)),
      params: none,
    },
    {
      name: 'a Deny that a resource control policy can give',
      ...judged(FULL, policy('p-r', deny('s3:*'), [ROOT], RCP)),
      params: { requiredDenies: ['s3:DeleteBucket'] },
    },
  ],
  fail: [
    {
      name: 'service control policies are off',
      resource: { ...resource, policyTypes: [RCP] },
      with: { policies: [policy('p-r', deny('s3:*'), [ROOT], RCP)] },
      message: 'not enabled',
      evidence: { policyTypes: [RCP] },
    },
    { name: 'no policy', ...judged(), message: 'takes anything away', evidence: { path } },
    { name: 'the policies of AWS alone', ...judged(FULL), message: 'takes anything away' },
    {
      name: 'a policy on another unit',
      ...judged(FULL, guarding('ou-ab12-elsewhere')),
      message: 'takes anything away',
    },
    {
      name: 'an Allow beside one of everything',
      ...judged(FULL, policy('p-few', allow('s3:*'), [UNIT])),
      message: 'takes anything away',
    },
    {
      name: 'one Deny is missing',
      ...judged(FULL, policy('p-guard', deny(REQUIRED.slice(1)), [ROOT])),
      message: 'denies cloudtrail:StopLogging',
      evidence: { missing: ['cloudtrail:StopLogging'], path },
    },
    {
      name: 'a Deny of all actions on the resources of another service',
      ...judged(FULL, policy('p-guard', deny('*', { Resource: 'arn:aws:s3:::audit/*' }), [ROOT])),
      message: 'cloudtrail:StopLogging, cloudtrail:DeleteTrail',
    },
    {
      name: 'a Deny of everything but the resources of the service',
      ...judged(FULL, policy('p-guard', { Effect: 'Deny', Action: '*', NotResource: 'arn:*:cloudtrail:*' }, [ROOT])),
      evidence: { missing: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], path },
    },
    {
      name: 'a resource control policy for all actions speaks of few services',
      ...judged(FULL, policy('p-r', deny('*'), [ROOT], RCP)),
      evidence: { missing: REQUIRED, path },
    },
    {
      name: 'what one level leaves out, it must leave out whole',
      ...judged(fullOn(ACCOUNT, ROOT), policy('p-few', allow(['cloudtrail:*', 's3:*']), [UNIT])),
      evidence: { missing: ['cloudtrail:StopLogging', 'cloudtrail:DeleteTrail'], path },
    },
    {
      name: 'an Allow under a condition leaves something out, but not the action',
      ...judged(
        fullOn(ACCOUNT, ROOT),
        policy('p-few', { ...allow('*'), Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, [UNIT]),
      ),
      evidence: { missing: REQUIRED, path },
    },
    {
      name: 'an Allow on some resources leaves something out, but not the action',
      ...judged(fullOn(ACCOUNT, ROOT), policy('p-few', allow('*', 'arn:aws:cloudtrail:*'), [UNIT])),
      evidence: { missing: REQUIRED, path },
    },
    {
      name: 'a resource control policy takes the place of no Allow',
      ...judged(fullOn(ACCOUNT, ROOT), policy('p-r', allow('*'), [UNIT], RCP)),
      message: 'takes anything away',
    },
  ],
  skip: [
    { name: 'the management account', resource: { ...resource, isManagementAccount: true }, message: 'never restrict' },
    {
      name: 'an account that is closing',
      resource: { ...resource, state: 'PENDING_CLOSURE' },
      message: 'PENDING_CLOSURE',
    },
    {
      name: 'a member that may not see the organisation',
      resource: { ...resource, name: null, state: null, path: null, policyTypes: null },
      message: 'delegated administrators',
    },
  ],
});
