import { describe, expect, it } from 'vitest';
import { grantsFullAdmin } from '../../lib/policy/admin.ts';
import { delegatesToAccessPoints, isPublicBucketPolicy, publicBucketStatements } from '../../lib/policy/bucket.ts';
import { bindings } from '../../lib/policy/condition.ts';
import { labelOf, parsePolicy } from '../../lib/policy/document.ts';
import { allows, decide, type StatementRef } from '../../lib/policy/evaluate.ts';
import {
  coversAction,
  coversActions,
  coversResource,
  coversResources,
  touchesActions,
  touchesResources,
} from '../../lib/policy/patterns.ts';
import { deniesInsecureTransport, deniesWithoutTls } from '../../lib/policy/transport.ts';
import { type Part, policyOf, statementOf } from './_build.ts';
import { BUCKET, OWN } from './corpus.ts';

const ROLE = `arn:aws:iam::${OWN}:role/x`;
const refs = (list: readonly StatementRef[]) => list.map(({ policy, statement }) => `${policy}:${labelOf(statement)}`);

describe('decide', () => {
  const Condition = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
  const policies = [
    policyOf({ Sid: 'Read', Action: 'iam:Get*' }, { Sid: 'Pass', Action: 'iam:PassRole', Condition }),
    policyOf(
      { Sid: 'Mfa', Effect: 'Deny', Action: 'iam:*', Condition },
      { Sid: 'Never', Effect: 'Deny', Action: 'iam:GetUser' },
    ),
  ];

  it('names the statements of all policies, by their part in the decision', () => {
    const pass = decide(policies, 'iam:PassRole', ROLE);
    expect(pass.isAllowed).toBe(true);
    expect([pass.allowedBy, pass.deniedBy, pass.maybeDeniedBy].map(refs)).toEqual([['0:Pass'], [], ['1:Mfa']]);
    const get = decide(policies, 'iam:GetUser', ROLE);
    expect(get.isAllowed).toBe(false);
    expect([get.allowedBy, get.deniedBy, get.maybeDeniedBy].map(refs)).toEqual([['0:Read'], ['1:Never'], ['1:Mfa']]);
  });

  it('leaves conditioned Allows out on demand, but no Deny', () => {
    const options = { ignoreConditioned: true };
    expect(allows(policies, 'iam:PassRole', ROLE, options)).toBe(false);
    expect(allows(policies, 'iam:GetRole', ROLE, options)).toBe(true);
    expect(refs(decide(policies, 'iam:GetRole', ROLE, options).maybeDeniedBy)).toEqual(['1:Mfa']);
  });

  it('takes a statement without resources for the resource that it is attached to', () => {
    expect(allows([policyOf({ Resource: undefined, Action: 'ecr:*' })], 'ecr:PutImage', 'arn:aws:ecr:x')).toBe(true);
  });
});

describe('grantsFullAdmin', () => {
  const admin = policyOf({ Sid: 'Admin', Action: '*' });
  it('names the statements that grant everything alone, and no others', () => {
    const { isGranted, grantedBy, deniedBy } = grantsFullAdmin([policyOf({ Action: 'iam:*' }), admin]);
    expect([isGranted, refs(grantedBy), deniedBy]).toEqual([true, ['1:Admin'], []]);
  });

  it('names the statements that do so together', () => {
    const halves = [
      policyOf({ Sid: 'One', Action: ['iam:*', 's3:*'] }, { Sid: 'Not', Action: 'rds:*' }),
      policyOf({ Sid: 'Two', Action: ['ec2:*', 'organizations:*'] }),
    ];
    expect(refs(grantsFullAdmin(halves).grantedBy)).toEqual(['0:One', '1:Two']);
    expect(grantsFullAdmin(halves.slice(0, 1))).toEqual({ isGranted: false, grantedBy: [], deniedBy: [] });
  });

  it('names the Deny that takes it away, from whichever policy', () => {
    const { isGranted, grantedBy, deniedBy } = grantsFullAdmin([
      admin,
      policyOf({ Sid: 'No', Effect: 'Deny', Action: '*' }),
    ]);
    expect([isGranted, refs(grantedBy), refs(deniedBy)]).toEqual([false, ['0:Admin'], ['1:No']]);
  });

  it('knows partitions and the account', () => {
    const china = policyOf({ Action: '*', Resource: 'arn:aws-cn:*' });
    expect(grantsFullAdmin([china]).isGranted).toBe(false);
    expect(grantsFullAdmin([china], { partition: 'aws-cn' }).isGranted).toBe(true);
    const named = policyOf({ Action: '*', Resource: [`arn:aws:*:*:${OWN}:*`, 'arn:aws:s3:::*'] });
    expect(grantsFullAdmin([named], { account: OWN }).isGranted).toBe(true);
    expect(grantsFullAdmin([named]).isGranted).toBe(false);
  });
});

describe('sets of actions and resources', () => {
  it.each([
    [{ Action: 's3:Get*' }, 's3:GetObject', true],
    [{ Action: 's3:Get*' }, 's3:PutObject', false],
    [{ Action: undefined, NotAction: 's3:Get*' }, 's3:GetObject', false],
    [{ Action: undefined, NotAction: 's3:Get*' }, 's3:PutObject', true],
  ])('%j covers the action %s: %s', (part, action, expected) => {
    expect(coversAction(statementOf(part), action)).toBe(expected);
  });

  it.each([
    [{ Action: ['s3:Put*', 's3:G*'] }, 's3:Get*', true, true],
    [{ Action: 's3:GetO*' }, 's3:Get*', false, true],
    [{ Action: undefined, NotAction: 's3:Get*' }, 's3:Get*', false, false],
    [{ Action: undefined, NotAction: 's3:GetO*' }, 's3:Get*', false, true],
    [{ Action: undefined, NotAction: 'sqs:*' }, 's3:Get*', true, true],
  ])('%j covers all of %s: %s, any of it: %s', (part, pattern, all, any) => {
    expect([coversActions(statementOf(part), pattern), touchesActions(statementOf(part), pattern)]).toEqual([all, any]);
  });

  it.each([
    [{ Resource: 'arn:aws:iam::*:role/*' }, true],
    [{ Resource: 'arn:aws:s3:::*' }, false],
    [{ Resource: ['arn:aws:s3:::*', 'arn:aws:iam::*:role/*'] }, true],
    [{ Resource: undefined }, true],
    [{ Resource: undefined, NotResource: ['arn:aws:s3:::*', 'arn:aws:iam::*'] }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:iam::*' }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:iam::*:user/*' }, true],
  ])('%j touches roles: %s', (part, expected) => {
    expect(touchesResources(statementOf(part), `arn:aws:iam::${OWN}:role/*`)).toBe(expected);
  });
});

describe('a statement on buckets', () => {
  it.each<[Part, boolean]>([
    [{ Resource: ['arn:aws:s3:::other', BUCKET] }, true],
    [{ Resource: BUCKET.toUpperCase() }, false],
    [{ Resource: undefined, NotResource: 'arn:aws:s3:::other' }, true],
    [{ Resource: undefined, NotResource: ['arn:aws:s3:::other', BUCKET] }, false],
    [{ Resource: undefined, NotResource: BUCKET.replace('records', 'Records') }, true],
  ])('%j covers one of them: %s', (part, expected) => {
    const statement = statementOf(part);
    expect([coversResource(statement, BUCKET), coversResources(statement, BUCKET)]).toEqual([expected, expected]);
  });

  it('differs in letter case', () => {
    expect(coversResources(statementOf({ Resource: 'arn:aws:s3:::Records*' }), `${BUCKET}/*`)).toBe(false);
  });
});

describe('buckets', () => {
  it('name the statements that make the policy public', () => {
    const policy = policyOf(
      { Sid: 'Fixed', Principal: { AWS: OWN } },
      { Sid: 'Open' },
      { Sid: 'Denied', Effect: 'Deny' },
    );
    expect(publicBucketStatements(policy).map(labelOf)).toEqual(['Open']);
  });

  it('an ARN of access points fixes nobody in the policy of an access point', () => {
    const Condition = { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-1:${OWN}:accesspoint/*` } };
    const policy = policyOf({ Condition });
    expect([isPublicBucketPolicy(policy), isPublicBucketPolicy(policy, { isAccessPoint: true })]).toEqual([
      false,
      true,
    ]);
  });

  const point = (arn: string | string[]) => ({ ArnLike: { 's3:DataAccessPointArn': arn } });
  it.each<[string, object, boolean]>([
    ['a network', { StringLike: { 'aws:SourceVpc': ['vpc-1', 'vpc-2'] } }, false],
    ['a network, or any', { StringLike: { 'aws:SourceVpc': ['vpc-1', '*'] } }, true],
    ['all access points of an account', point(`arn:aws:s3:eu-west-1:${OWN}:accesspoint/*`), false],
    ['an access point, or any', point([`arn:aws:s3:eu-west-1:${OWN}:accesspoint/a`, '*']), true],
    ['access points in any Region', point(`arn:aws:s3:*:${OWN}:accesspoint/a`), true],
    ['access points in any partition', point(`arn:*:s3:eu-west-1:${OWN}:accesspoint/a`), true],
    ['access points of any account', point('arn:aws:s3:eu-west-1:*:accesspoint/a'), true],
    ['what is no access point', point(`arn:aws:s3:eu-west-1:${OWN}:job/a`), true],
    ['access points of another service', point(`arn:aws:s3-outposts:eu-west-1:${OWN}:accesspoint/a`), true],
    ['what is no ARN', { StringLike: { 's3:DataAccessPointArn': `x:aws:s3:eu-west-1:${OWN}:accesspoint/a` } }, true],
  ])('are public, or not, by a condition on %s', (_name, Condition, expected) => {
    expect(isPublicBucketPolicy(policyOf({ Condition }))).toBe(expected);
  });

  const delegation = { StringEquals: { 's3:DataAccessPointAccount': OWN } };
  it.each<[string, Part, boolean]>([
    ['by account', { Condition: delegation }, true],
    ['by ARN', { Condition: { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:*:1:accesspoint/*' } } }, true],
    [
      'to access points in a VPC',
      { Condition: { StringEquals: { ...delegation.StringEquals, 's3:AccessPointNetworkOrigin': 'VPC' } } },
      false,
    ],
    [
      'to access points anywhere',
      {
        Condition: { StringEquals: { ...delegation.StringEquals, 's3:AccessPointNetworkOrigin': ['VPC', 'Internet'] } },
      },
      true,
    ],
    ['to the own account alone', { Principal: { AWS: OWN }, Condition: delegation }, false],
    ['not at all', {}, false],
    ['to nobody', { Principal: undefined, Condition: delegation }, false],
    ['denied', { Effect: 'Deny', Condition: delegation }, false],
  ])('delegate %s', (_name, part, expected) => {
    expect(delegatesToAccessPoints(policyOf(part))).toBe(expected);
  });
});

describe('transport', () => {
  const plain = { Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } };
  it('names the statements that count, and what they leave open', () => {
    const policy = policyOf(
      { ...plain, Sid: 'Other', Action: 's3:*', Resource: 'arn:aws:s3:::other' },
      { ...plain, Sid: 'Bucket', Action: 's3:*', Resource: BUCKET },
    );
    expect(deniesWithoutTls(policy, BUCKET)).toEqual({
      isDenied: false,
      statements: ['Bucket'],
      open: [`${BUCKET}/*`],
    });
  });

  it.each<[string, object, boolean]>([
    ['false', { Bool: { 'aws:SecureTransport': 'false' } }, true],
    ['either, so all', { Bool: { 'aws:SecureTransport': ['true', 'FALSE'] } }, true],
    ['true', { Bool: { 'aws:SecureTransport': 'true' } }, false],
    ['as a text', { StringEquals: { 'aws:SecureTransport': 'false' } }, false],
    ['of another key', { Bool: { 'aws:ViaAWSService': 'false' } }, false],
    ['and another test', { ...plain.Condition, StringEquals: { 'aws:SourceAccount': OWN } }, false],
  ])('a Deny counts by its test: %s', (_name, Condition, expected) => {
    const policy = policyOf({ ...plain, Action: 's3:*', Condition });
    expect(deniesWithoutTls(policy, BUCKET).isDenied).toBe(expected);
  });

  it('knows other services', () => {
    const policy = policyOf({ ...plain, Action: 'elasticfilesystem:*' });
    const target = {
      actions: 'elasticfilesystem:Client*',
      resources: ['arn:aws:elasticfilesystem:eu-west-1:1:fs/fs-1'],
    };
    expect(deniesInsecureTransport(policy, target).isDenied).toBe(true);
    expect(deniesInsecureTransport(policy, { ...target, actions: '*' }).isDenied).toBe(false);
  });

  it('a statement for nobody in particular denies nobody', () => {
    expect(deniesWithoutTls(policyOf({ ...plain, Action: '*', Principal: undefined }), BUCKET).isDenied).toBe(false);
  });
});

describe('bindings', () => {
  it('are the firm comparisons of one key', () => {
    const { conditions } = statementOf({
      Condition: {
        StringEquals: { 'x:SUB': 'a', 'x:aud': 'b' },
        StringLike: { 'x:sub': ['c', 'd*'] },
        'ForAnyValue:StringLike': { 'x:sub': 'e' },
        'ForAllValues:StringLike': { 'x:sub': 'f' },
        StringLikeIfExists: { 'x:sub': 'g' },
        StringNotLike: { 'x:sub': 'h' },
        Null: { 'x:sub': 'false' },
        Bool: { 'x:sub': 'true' },
      },
    });
    expect(bindings(conditions, 'x:sub').map(({ text, values }) => [text, values])).toEqual([
      ['StringEquals x:SUB', ['a']],
      ['StringLike x:sub', ['c', 'd*']],
      ['ForAnyValue:StringLike x:sub', ['e']],
    ]);
  });
});

describe('parsePolicy', () => {
  it('normalises', () => {
    const document = {
      Version: '2012-10-17',
      Id: 'shop',
      Statement: {
        Sid: 7,
        Effect: 'Allow',
        Principal: { AWS: '*', Service: ['a.amazonaws.com', 'b.amazonaws.com'] },
        NotAction: 'sqs:*',
        NotResource: 'arn:aws:sqs:*',
        Condition: { 'ForAnyValue:StringLikeIfExists': { 'aws:TagKeys': ['a', 1, true] } },
      },
    };
    expect(parsePolicy(document)).toEqual({
      version: '2012-10-17',
      id: 'shop',
      statements: [
        {
          index: 0,
          sid: '7',
          effect: 'Allow',
          principals: [
            { type: 'AWS', value: '*' },
            { type: 'Service', value: 'a.amazonaws.com' },
            { type: 'Service', value: 'b.amazonaws.com' },
          ],
          notActions: ['sqs:*'],
          notResources: ['arn:aws:sqs:*'],
          conditions: [
            {
              operator: 'stringlike',
              set: 'any',
              ifExists: true,
              key: 'aws:tagkeys',
              values: ['a', '1', 'true'],
              text: 'ForAnyValue:StringLikeIfExists aws:TagKeys',
            },
          ],
        },
      ],
    });
  });

  it('reads names in any letter case', () => {
    const document = { VERSION: '2012-10-17', statement: { effect: 'Allow', ACTION: 'sqs:*', principaL: '*' } };
    expect(parsePolicy(document)).toMatchObject({
      version: '2012-10-17',
      statements: [{ effect: 'Allow', actions: ['sqs:*'], principals: [{ type: 'AWS', value: '*' }] }],
    });
  });

  it.each([Infinity, NaN, null, {}, 1n])('refuses %s in place of a text', (Sid) => {
    expect(() => policyOf({ Sid })).toThrow('policy document: statement 1 Sid is neither a string, a number nor a');
  });

  it('takes a missing Version for the older one', () => {
    expect(parsePolicy('{"Statement":[]}')).toEqual({ version: '2008-10-17', id: undefined, statements: [] });
  });

  it('keeps colons and quotes of texts apart from those of the grammar', () => {
    const Sid = 'a":"b\\",\\\\:';
    expect(
      parsePolicy(JSON.stringify({ Statement: [{ Sid, Effect: 'Deny', Action: [], Resource: [] }] })).statements[0]
        ?.sid,
    ).toBe(Sid);
  });
});
