import { describe, expect, it } from 'vitest';
import { labelOf } from '../../lib/policy/document.ts';
import { grantsAtLarge, grantsOf, grantsOn, resourcesOf } from '../../lib/policy/reach.ts';
import { type Part, policyOf } from './_build.ts';
import { OTHER, OWN } from './corpus.ts';

const ROLES = `arn:aws:iam::${OWN}:role/*`;
const pass = { action: 'iam:PassRole', targets: ROLES };
const PASS: Part = { Action: 'iam:PassRole', Principal: undefined };
const deny = (part: Part = {}): Part => ({ ...PASS, Effect: 'Deny', ...part });
const alone = (...parts: Part[]) => ({ policies: [policyOf(...parts)], boundary: null });
const labels = (refs: ReturnType<typeof grantsAtLarge>) =>
  refs.map(({ policy, statement }) => `${policy} ${labelOf(statement)}`);

describe('grantsAtLarge', () => {
  it.each<[string, Part]>([
    ['everything', {}],
    ['all ARNs', { Resource: 'arn:*' }],
    ['all roles of the account', { Resource: ROLES }],
    ['all roles, in other words', { Resource: `arn:aws:iam::${OWN}:role*` }],
    ['all roles of any account', { Resource: 'arn:aws:iam::*:role/*' }],
    ['all of IAM', { Resource: `arn:aws:iam::${OWN}:*` }],
    ['all roles of a path', { Resource: `arn:aws:iam::${OWN}:role/service-role/*` }],
    ['all roles whose name has a character', { Resource: `arn:aws:iam::${OWN}:role/?*` }],
    ['all roles beside a named one', { Resource: [`arn:aws:iam::${OWN}:role/x`, ROLES] }],
    ['all but a named role', { Resource: undefined, NotResource: `arn:aws:iam::${OWN}:role/x` }],
    ['all but buckets', { Resource: undefined, NotResource: 'arn:aws:s3:::*' }],
    ['all actions of IAM', { Action: 'IAM:p*' }],
    ['all but other actions', { Action: undefined, NotAction: 's3:*' }],
    ['under a condition', { Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    ['a trust policy names no resource', { Resource: undefined }],
  ])('by a grant on %s', (_name, part) => {
    expect(labels(grantsAtLarge(alone({ ...PASS, ...part }), pass))).toEqual(['0 #1']);
  });

  it.each<[string, Part]>([
    ['one role', { Resource: `arn:aws:iam::${OWN}:role/x` }],
    ['the roles of a prefix', { Resource: `arn:aws:iam::${OWN}:role/app-*` }],
    ['one role of any account', { Resource: 'arn:aws:iam::*:role/x' }],
    ['roles of a suffix', { Resource: `arn:aws:iam::${OWN}:*/x` }],
    ['roles by a variable', { Resource: `arn:aws:iam::${OWN}:role/\${aws:PrincipalTag/team}/*` }],
    ['roles elsewhere', { Resource: `arn:aws:iam::${OTHER}:role/*` }],
    ['users', { Resource: `arn:aws:iam::${OWN}:user/*` }],
    ['users of any account', { Resource: 'arn:aws:iam::*:user/*' }],
    ['all but roles', { Resource: undefined, NotResource: `arn:aws:iam::${OWN}:role/*` }],
    ['all but roles and buckets', { Resource: undefined, NotResource: ['arn:aws:s3:::*', ROLES] }],
    ['another action', { Action: 'iam:GetRole' }],
    ['all but this action', { Action: undefined, NotAction: 'iam:*' }],
  ])('not by a grant on %s', (_name, part) => {
    expect(grantsAtLarge(alone({ ...PASS, ...part }), pass)).toEqual([]);
  });

  it.each<[string, Part]>([
    ['everything', {}],
    ['no resource in particular', { Resource: undefined }],
    ['all roles', { Resource: ROLES }],
    ['all but a named role', { Resource: undefined, NotResource: `arn:aws:iam::${OWN}:role/app-*` }],
    [
      'all but what a variable names',
      { Resource: undefined, NotResource: `arn:aws:iam::${OWN}:role/\${aws:username}` },
    ],
    ['all of IAM', { Action: 'iam:*' }],
  ])('not against a Deny on %s, from whichever policy', (_name, part) => {
    expect(grantsAtLarge(alone(PASS, deny(part)), pass)).toEqual([]);
    expect(grantsAtLarge({ policies: [policyOf(deny(part)), policyOf(PASS)], boundary: null }, pass)).toEqual([]);
  });

  it.each<[string, Part]>([
    ['one role', { Resource: `arn:aws:iam::${OWN}:role/x` }],
    ['a prefix', { Resource: `arn:aws:iam::${OWN}:role/x*` }],
    ['all but all roles', { Resource: undefined, NotResource: ROLES }],
    ['another action', { Action: 'iam:Get*' }],
    ['everything under a condition', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }],
    [
      'everything under a condition on the service, where none is asked for',
      { Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } } },
    ],
  ])('against a Deny on %s', (_name, part) => {
    expect(grantsAtLarge(alone(PASS, deny(part)), pass)).toHaveLength(1);
  });

  it('a Deny on a path takes the grant on that path away', () => {
    const path = `arn:aws:iam::${OWN}:role/service-role/*`;
    expect(grantsAtLarge(alone({ ...PASS, Resource: path }, deny({ Resource: path })), pass)).toEqual([]);
    expect(grantsAtLarge(alone(PASS, deny({ Resource: path })), pass)).toHaveLength(1);
  });

  it.each<[string, Part, number]>([
    ['buckets and roles', { Resource: ['arn:aws:s3:::*', ROLES] }, 0],
    ['all but buckets', { Resource: undefined, NotResource: 'arn:aws:s3:::*' }, 0],
    ['all but a named role and roles', { Resource: undefined, NotResource: [`arn:aws:iam::${OWN}:role/x`, ROLES] }, 1],
  ])('a Deny on %s', (_name, part, count) => {
    expect(grantsAtLarge(alone(PASS, deny(part)), pass)).toHaveLength(count);
  });

  it('names the statements of all policies', () => {
    const policies = [
      policyOf({ ...PASS, Sid: 'Pass' }),
      policyOf({ ...PASS, Action: 's3:*' }, { ...PASS, Sid: 'More' }),
    ];
    expect(labels(grantsAtLarge({ policies, boundary: null }, pass))).toEqual(['0 Pass', '1 More']);
  });

  it('asks statements about each action anew', () => {
    const policies = [policyOf({ ...PASS, Action: 'iam:Pass*' })];
    expect(grantsAtLarge({ policies, boundary: null }, pass)).toHaveLength(1);
    expect(grantsAtLarge({ policies, boundary: null }, { ...pass, action: 'iam:GetRole' })).toEqual([]);
    expect(grantsAtLarge({ policies, boundary: null }, pass)).toHaveLength(1);
  });
});

describe('a permissions boundary', () => {
  it.each<[string, Part[], number]>([
    ['that allows everything', [{ Action: '*' }], 1],
    ['that allows the action', [PASS], 1],
    ['that allows the action on named roles', [{ ...PASS, Resource: `arn:aws:iam::${OWN}:role/app-*` }], 0],
    ['that allows another action', [{ Action: 's3:*' }], 0],
    ['that denies the action', [{ Action: '*' }, deny()], 0],
    ['that is empty', [], 0],
  ])('%s', (_name, parts, count) => {
    const boundary = [policyOf(...parts)];
    expect(grantsAtLarge({ policies: [policyOf(PASS)], boundary }, pass)).toHaveLength(count);
  });

  it('grants nothing by itself', () => {
    expect(grantsAtLarge({ policies: [], boundary: [policyOf(PASS)] }, pass)).toEqual([]);
  });
});

describe('iam:PassedToService', () => {
  const to = (operator: string, ...services: string[]): Part => ({
    Condition: { [operator]: { 'iam:PassedToService': services } },
  });
  const forLambda = { ...pass, passedTo: ['lambda.amazonaws.com'] };
  it.each<[string, Part, boolean]>([
    ['none', {}, true],
    ['this service', to('StringEquals', 'lambda.amazonaws.com'), true],
    ['this service, in China', to('StringEquals', 'lambda.amazonaws.com.cn'), true],
    ['this service among others', to('StringLike', 'ec2.amazonaws.com', 'lambda.*'), true],
    ['another service', to('StringEquals', 'ec2.amazonaws.com'), false],
    ['a pattern that is no pattern there', to('StringEquals', 'lambda.*'), false],
    ['a pattern of another service', to('StringLike', 'ec2.*'), false],
    ['all but this service', to('StringNotEquals', 'lambda.amazonaws.com'), false],
    ['all but another service', to('StringNotEquals', 'ec2.amazonaws.com'), true],
    ['all but a pattern', to('StringNotLike', 'lambda.*'), false],
    ['another service, if the key is there', to('StringEqualsIfExists', 'ec2.amazonaws.com'), true],
    ['another key', { Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } }, true],
    [
      'this service, and another key',
      {
        Condition: {
          StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      },
      true,
    ],
  ])('an Allow for %s', (_name, part, expected) => {
    expect(grantsAtLarge(alone({ ...PASS, ...part }), forLambda).length > 0).toBe(expected);
  });

  it.each<[string, Part, boolean]>([
    ['this service', to('StringEquals', 'lambda.amazonaws.com'), true],
    ['another service', to('StringEquals', 'ec2.amazonaws.com'), false],
    ['all but another service', to('StringNotEquals', 'ec2.amazonaws.com'), true],
    ['all but this service', to('StringNotEquals', 'lambda.amazonaws.com'), false],
    ['each value of the key', to('ForAllValues:StringEquals', 'lambda.amazonaws.com'), false],
    ['any value of the key', to('ForAnyValue:StringEquals', 'lambda.amazonaws.com'), false],
    ['this service, if the key is there', to('StringEqualsIfExists', 'lambda.amazonaws.com'), false],
    [
      'this service, outside of a Region',
      {
        Condition: {
          StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' },
          StringNotEquals: { 'aws:RequestedRegion': 'eu-west-1' },
        },
      },
      false,
    ],
    [
      'this service, under another condition',
      {
        Condition: {
          StringEquals: { 'aws:RequestedRegion': 'eu-west-1', 'iam:PassedToService': 'lambda.amazonaws.com' },
        },
      },
      false,
    ],
  ])('a Deny for %s', (_name, part, isClosed) => {
    expect(grantsAtLarge(alone(PASS, deny(part)), forLambda).length === 0).toBe(isClosed);
  });

  it('one of several services is enough to allow, all are needed to deny', () => {
    const either = { ...pass, passedTo: ['lambda.amazonaws.com', 'ec2.amazonaws.com'] };
    const ec2 = to('StringEquals', 'ec2.amazonaws.com');
    const both = to('StringEquals', 'ec2.amazonaws.com', 'lambda.amazonaws.com');
    expect(grantsAtLarge(alone({ ...PASS, ...ec2 }), either)).toHaveLength(1);
    expect(grantsAtLarge(alone(PASS, deny(ec2)), either)).toHaveLength(1);
    expect(grantsAtLarge(alone(PASS, deny(both)), either)).toEqual([]);
  });
});

describe('where any target is enough', () => {
  const question = { action: 'ec2:RunInstances', targets: resourcesOf('ec2:RunInstances', 'aws'), isAnyEnough: true };
  it.each<[string, unknown, boolean]>([
    ['one instance', `arn:aws:ec2:eu-west-1:${OWN}:instance/i-1`, true],
    ['everything', '*', true],
    ['another service', 'arn:aws:s3:::b', false],
    ['another partition', 'arn:aws-cn:ec2:*:*:instance/*', false],
  ])('a grant on %s', (_name, Resource, expected) => {
    expect(grantsAtLarge(alone({ Action: 'ec2:*', Resource }), question).length > 0).toBe(expected);
  });
});

describe('grantsOn', () => {
  const role = `arn:aws:iam::${OWN}:role/app`;
  const on = (...parts: Part[]) => labels(grantsOn(alone(...parts), 'iam:PassRole', role));
  it('takes a named resource as it is', () => {
    expect(on({ ...PASS, Resource: role })).toEqual(['0 #1']);
    expect(on({ ...PASS, Resource: `${role}s` })).toEqual([]);
    expect(on(PASS, deny({ Resource: role }))).toEqual([]);
    expect(on(PASS, deny({ Resource: `${role}s` }))).toEqual(['0 #1']);
    expect(on(PASS, deny({ Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'false' } } }))).toEqual(['0 #1']);
  });

  it('minds the boundary', () => {
    const within = (Resource: string) =>
      grantsOn({ policies: [policyOf(PASS)], boundary: [policyOf({ ...PASS, Resource })] }, 'iam:PassRole', role);
    expect([within(role).length, within(`${role}s`).length]).toEqual([1, 0]);
  });
});

describe('grantsOf', () => {
  it('tells each pattern, as it is written', () => {
    const other = `arn:aws:iam::${OTHER}:role/x`;
    const policies = [
      policyOf(
        { ...PASS, Resource: [`arn:aws:iam::${OWN}:role/app-*`, other, 'arn:aws:s3:::b'] },
        { ...PASS, Resource: undefined, NotResource: 'arn:aws:s3:::*' },
        deny({ Resource: other }),
      ),
    ];
    expect(grantsOf(policies, { ...pass, targets: 'arn:aws:iam::*:role/*' }).map(({ pattern }) => pattern)).toEqual([
      `arn:aws:iam::${OWN}:role/app-*`,
      'arn:aws:iam::*:role/*',
    ]);
  });
});
