import { describe, expect, it } from 'vitest';
import { closingDenies } from '../../lib/policy/bound.ts';
import { labelOf } from '../../lib/policy/document.ts';
import {
  type Exposed,
  exposure,
  exposures,
  publicStatements,
  TRUST_ACTIONS,
  trustedAccounts,
} from '../../lib/policy/exposure.ts';
import { TRUST_KEYS } from '../../lib/policy/pin.ts';
import { type Part, policyOf, statementOf } from './_build.ts';
import { ORGANIZATION, OTHER, OWN, THIRD } from './corpus.ts';

const scope = { account: OWN, organization: ORGANIZATION };
const NOTHING = {
  accounts: [],
  organizations: [],
  services: [],
  guard: 'none',
  federated: [],
  unresolved: [],
  deleted: [],
  pins: [],
  conditionKeys: [],
};

function alsoPins({ key, values }: { key: string; values: readonly string[] }): boolean {
  return key === 'sns:endpoint' && values.every((value) => value.endsWith('@example.com'));
}

function sids(found: readonly Exposed[]): string[] {
  return found.map(({ exposure }) => exposure.statement);
}

describe('the evidence of an exposure', () => {
  it('names the statement by its Sid, else by its place', () => {
    const labels = policyOf({}, { Sid: '' }, { Sid: 'Open' }).statements.map(
      (statement) => exposure(statement, scope).statement,
    );
    expect(labels).toEqual(['#1', '#2', 'Open']);
  });

  it('says who, of every type', () => {
    const statement = statementOf({
      Principal: {
        AWS: [OTHER, `arn:aws:iam::${THIRD}:role/b`, `arn:aws:iam::${OTHER}:role/a`, OWN, 'AROAJQABLZS4A3QDU576Q'],
        Service: ['sns.amazonaws.com', 'events.amazonaws.com'],
        Federated: 'accounts.google.com',
        CanonicalUser: 'abc',
      },
    });
    expect(exposure(statement, scope)).toEqual({
      ...NOTHING,
      kind: 'accounts',
      statement: '#1',
      principals: [
        'AWS 111122223333',
        'AWS 444455556666',
        'AWS AROAJQABLZS4A3QDU576Q',
        'AWS arn:aws:iam::444455556666:role/a',
        'AWS arn:aws:iam::777788889999:role/b',
        'CanonicalUser abc',
        'Federated accounts.google.com',
        'Service events.amazonaws.com',
        'Service sns.amazonaws.com',
      ],
      accounts: [OTHER, THIRD],
      services: ['events.amazonaws.com', 'sns.amazonaws.com'],
      federated: ['accounts.google.com'],
      unresolved: ['abc'],
      deleted: ['AROAJQABLZS4A3QDU576Q'],
    });
  });

  it('says who is left out, and which conditions there are', () => {
    const statement = statementOf({
      Principal: undefined,
      NotPrincipal: { AWS: OTHER },
      Condition: { StringEquals: { 'sts:ExternalId': 'x' }, Bool: { 'aws:SecureTransport': true } },
    });
    expect(exposure(statement, scope)).toEqual({
      ...NOTHING,
      kind: 'public',
      statement: '#1',
      principals: ['not AWS 444455556666'],
      conditionKeys: ['aws:securetransport', 'sts:externalid'],
    });
  });

  it('names the accounts and the condition that pin everyone', () => {
    const Condition = { StringEquals: { 'AWS:SourceAccount': [THIRD, OWN, OTHER] } };
    expect(exposure(statementOf({ Condition }), scope)).toMatchObject({
      kind: 'accounts',
      accounts: [OTHER, THIRD],
      pins: ['StringEquals AWS:SourceAccount'],
    });
  });

  it('names the organizations, the own one by its id where it is known', () => {
    const statement = statementOf({
      Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-zzzzzzzzzz', '${aws:ResourceOrgID}'] } },
    });
    expect(exposure(statement, scope).organizations).toEqual([ORGANIZATION, 'o-zzzzzzzzzz']);
    expect(exposure(statement, { account: OWN }).organizations).toEqual(['o-zzzzzzzzzz', 'own']);
  });

  it('names the accounts of all conditions of the tightest class', () => {
    const statement = statementOf({
      Condition: {
        StringEquals: { 'aws:PrincipalAccount': OTHER, 'aws:PrincipalOrgID': ORGANIZATION },
        ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${THIRD}:*` },
        IpAddress: { 'aws:SourceIp': '192.0.2.7' },
      },
    });
    expect(exposure(statement, scope)).toMatchObject({ kind: 'accounts', accounts: [OTHER, THIRD], organizations: [] });
  });

  it('guesses no account from the fields of what is no ARN', () => {
    const AWS = `x:aws:iam::${OTHER}:root`;
    expect(exposure(statementOf({ Principal: { AWS } }), scope)).toMatchObject({ kind: 'unresolved', accounts: [] });
  });

  it('a Deny lets nobody in', () => {
    expect(exposure(statementOf({ Effect: 'Deny' }), scope).kind).toBe('nobody');
  });
});

describe('the guard of services', () => {
  const service = { Principal: { Service: 'sns.amazonaws.com' } };
  it.each([
    [{}, 'none'],
    [{ StringEquals: { 'aws:SourceAccount': OWN } }, 'own-account'],
    [{ StringEquals: { 'aws:SourceAccount': OTHER } }, 'accounts'],
    [{ StringEquals: { 'aws:SourceOrgID': ORGANIZATION } }, 'organization'],
    [{ 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${ORGANIZATION}/*` } }, 'organization'],
    [{ ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OWN}:*` } }, 'own-account'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::records' } }, 'restricted'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:records' } }, 'restricted'],
    [{ ArnEquals: { 'aws:SourceArn': 'arn:aws:route53:::hostedzone/Z1' } }, 'restricted'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:*' } }, 'none'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:sqs:*:*:orders' } }, 'none'],
    [{ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:records:x' } }, 'none'],
    [{ StringLike: { 'aws:SourceArn': 'x:aws:s3:*:*:records' } }, 'none'],
    [{ StringEquals: { 'aws:SourceArn': 'arn:aws:s3' } }, 'none'],
    [{ StringEquals: { 'aws:SourceArn': 'x:aws:route53:::hostedzone/Z1' } }, 'none'],
    [{ 'ForAnyValue:StringEquals': { 'aws:SourceOrgPaths': ORGANIZATION } }, 'none'],
    [{ StringLike: { 'aws:SourceAccount': '*' } }, 'none'],
    [{ StringEqualsIfExists: { 'aws:SourceAccount': OWN } }, 'none'],
    [{ StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, 'none'],
  ])('%j: %s', (Condition, guard) => {
    expect(exposure(statementOf({ ...service, Condition }), scope)).toMatchObject({ kind: 'service', guard });
  });

  it('is read under the keys for trust policies as well, and shown', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': OWN } };
    expect(exposure(statementOf({ ...service, Condition }), { ...scope, keys: TRUST_KEYS })).toMatchObject({
      guard: 'own-account',
      pins: ['StringEquals aws:SourceAccount'],
    });
  });

  it('is not asked of others', () => {
    const Condition = { StringEquals: { 'aws:SourceAccount': OWN } };
    expect(exposure(statementOf({ Principal: { AWS: OTHER }, Condition }), scope).guard).toBe('none');
  });
});

describe('further conditions of a service', () => {
  const endpoint = { Condition: { StringLike: { 'sns:Endpoint': '*@example.com' } } };

  it('fix the caller when the check says so', () => {
    expect(exposure(statementOf(endpoint), scope).kind).toBe('public');
    expect(exposure(statementOf(endpoint), { ...scope, alsoPins })).toMatchObject({
      kind: 'restricted',
      pins: ['StringLike sns:Endpoint'],
    });
    expect(exposure(statementOf(endpoint), { ...scope, alsoPins, keys: new Set() }).kind).toBe('restricted');
  });

  it('are asked about only when they are firm', () => {
    const Condition = { StringNotLike: { 'sns:Endpoint': '*@example.com' } };
    expect(exposure(statementOf({ Condition }), { ...scope, alsoPins }).kind).toBe('public');
  });
});

describe('statements by action', () => {
  const policy = policyOf(
    { Sid: 'Own', Principal: { AWS: OWN } },
    { Sid: 'Send' },
    { Sid: 'Purge', Action: 'SQS:Purge*' },
    { Sid: 'Others', Action: undefined, NotAction: 'sqs:*' },
    { Sid: 'Accounts', Principal: { AWS: [OTHER, THIRD] } },
    { Sid: 'Denied', Effect: 'Deny' },
  );

  it('are all that allow, unless actions are named', () => {
    expect(sids(exposures(policy, scope))).toEqual(['Own', 'Send', 'Purge', 'Others', 'Accounts']);
    expect(sids(exposures(policy, scope, ['sqs:PurgeQueue', 'sqs:Receive*']))).toEqual(['Purge']);
    expect(sids(exposures(policy, scope, TRUST_ACTIONS))).toEqual(['Others']);
  });

  it('are public each on its own, and hand the statement over', () => {
    const found = publicStatements(policy, scope, ['sqs:*']);
    expect(sids(found)).toEqual(['Send', 'Purge']);
    expect(found[0]?.statement).toBe(policy.statements[1]);
    expect(sids(publicStatements(policy, scope))).toEqual(['Send', 'Purge', 'Others']);
  });

  it('trust accounts, once for each statement', () => {
    const principals = [`AWS ${OTHER}`, `AWS ${THIRD}`];
    expect(trustedAccounts(policy, scope)).toEqual([
      { account: OTHER, statement: 'Accounts', principals, pins: [] },
      { account: THIRD, statement: 'Accounts', principals, pins: [] },
    ]);
    expect(trustedAccounts(policy, { account: OTHER }, ['sqs:SendMessage']).map(({ account }) => account)).toEqual([
      OWN,
      THIRD,
    ]);
  });
});

describe('closing denies', () => {
  const outside = { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } };
  const closing = { Sid: 'Closing', Effect: 'Deny', Action: 'sqs:*' };
  it.each<[string, Part, Part, boolean]>([
    ['outside of the organization', {}, { Condition: outside }, true],
    ['all requests', {}, {}, true],
    ['outside of the account, a list', {}, { Condition: { StringNotEquals: { 'aws:PrincipalAccount': [OWN] } } }, true],
    ['not like an ARN', {}, { Condition: { ArnNotLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } } }, true],
    ['from elsewhere', {}, { Condition: { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }, true],
    ['a negated operator IfExists', {}, { Condition: { StringNotEqualsIfExists: { 'aws:SourceVpc': 'vpc-1' } } }, true],
    [
      'any value: an absent key is let in',
      {},
      { Condition: { 'ForAnyValue:StringNotEquals': outside.StringNotEquals } },
      false,
    ],
    ['outside of any organization', {}, { Condition: { StringNotLike: { 'aws:PrincipalOrgID': 'o-*' } } }, false],
    ['inside of the organization', {}, { Condition: { StringEquals: outside.StringNotEquals } }, false],
    [
      'services are spared as well',
      {},
      { Condition: { ...outside, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } } },
      false,
    ],
    ['one account only', {}, { Principal: { AWS: OTHER }, Condition: outside }, false],
    ['all but one account', {}, { Principal: undefined, NotPrincipal: { AWS: OTHER }, Condition: outside }, false],
    ['an Allow', {}, { Effect: 'Allow' }, false],
    ['other actions', {}, { Action: 'sqs:Receive*' }, false],
    ['all but the action', {}, { Action: undefined, NotAction: 'sqs:Send*' }, false],
    ['all but other actions', {}, { Action: undefined, NotAction: 'sns:*' }, true],
    ['all actions for all actions', { Action: '*' }, { Action: '*' }, true],
    ['all actions, written otherwise', { Action: '*' }, { Action: '*:*', Resource: 'arn:*' }, true],
    ['some for all actions', { Action: '*' }, {}, false],
    ['all for all but some', { Action: undefined, NotAction: 'sqs:Purge*' }, { Action: '*' }, true],
    [
      'all but fewer for all but some',
      { Action: undefined, NotAction: ['sqs:P*'] },
      { Action: undefined, NotAction: 'sqs:Purge*' },
      true,
    ],
    [
      'all but more for all but some',
      { Action: undefined, NotAction: ['sqs:Purge*'] },
      { Action: undefined, NotAction: 'sqs:P*' },
      false,
    ],
    ['all but the action and others', {}, { Action: undefined, NotAction: ['sns:*', 'sqs:Send*'] }, false],
    ['actions in another letter case', {}, { Action: 'SQS:send*' }, true],
    ['one of two actions', { Action: ['sqs:SendMessage', 'sns:Publish'] }, {}, false],
    [
      'all but one of those left out',
      { Action: undefined, NotAction: ['sns:*', 'sqs:P*'] },
      { Action: undefined, NotAction: 'sqs:Purge*' },
      true,
    ],
    [
      'a queue whose name differs in letter case',
      { Resource: 'arn:aws:sqs:eu-west-1:1:a' },
      { Resource: 'arn:aws:sqs:eu-west-1:1:A' },
      false,
    ],
    ['one queue for all queues', {}, { Resource: 'arn:aws:sqs:eu-west-1:1:a' }, false],
    ['all queues for one queue', { Resource: 'arn:aws:sqs:eu-west-1:1:a' }, { Resource: 'arn:aws:sqs:*' }, true],
    ['no resource for no resource', { Resource: undefined }, { Resource: undefined }, true],
    ['all resources for no resource', { Resource: undefined }, {}, true],
    [
      'all but one for no resource',
      { Resource: undefined },
      { Resource: undefined, NotResource: 'arn:aws:sqs:*' },
      false,
    ],
    ['no resource for all but one', { Resource: undefined, NotResource: 'a' }, { Resource: undefined }, true],
    [
      'a variable may be any resource',
      { Resource: 'a' },
      { Resource: undefined, NotResource: '${aws:username}' },
      false,
    ],
  ])('%s', (_name, allow, deny, isClosed) => {
    const policy = policyOf(allow, { ...closing, ...deny });
    expect(closingDenies(policy, policy.statements[0]!).map(labelOf)).toEqual(isClosed ? ['Closing'] : []);
  });
});
