import { describe, expect, it } from 'vitest';
import { type EventSelectors, type FieldSelector, recordsObjects, selects } from '../../../checks/s3/_data-events.ts';
import { acceptsLogs, deliveryProblem } from '../../../checks/s3/_delivery.ts';
import { DELIVERY_ACCOUNTS } from '../../../checks/s3/_delivery-accounts.ts';
import { isNamedForState } from '../../../checks/s3/_names.ts';
import type { Gap } from '../../../lib/core/model.ts';
import { table } from '../../../lib/core/table.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import type { BucketAccess } from '../../../lib/policy/public-bucket.ts';
import { deliveryTo } from './_rows.ts';

const GAP: Gap = { reason: 'denied', operation: 'test:Denied', detail: 'access denied' };
const bucketArn = 'arn:aws:s3:::bucket';

const basic = (readWriteType: string, type: string | null, ...values: string[]): EventSelectors => ({
  basic: [{ readWriteType, dataResources: [{ type, values }] }],
  advanced: [],
});
const of = (...advanced: FieldSelector[][]): EventSelectors => ({ basic: [], advanced });
const selectors = (readWriteType: string) => ({
  basic: [{ readWriteType, dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] }],
  advanced: [],
});
const grant = (grantee: string | null, permission: string): BucketAccess['acl'] => ({
  kind: 'known',
  grants: [{ grantee, permission }],
});

describe('selects', () => {
  const none = { equals: [], startsWith: [], endsWith: [], notEquals: [], notStartsWith: [], notEndsWith: [] };
  const data: FieldSelector = { ...none, field: 'eventCategory', equals: ['Data'] };
  const objects: FieldSelector = { ...none, field: 'resources.type', equals: ['AWS::S3::Object'] };
  const having = (field: Partial<FieldSelector>) => of([data, objects, { ...none, field: 'resources.ARN', ...field }]);

  it.each<[string, EventSelectors, string]>([
    ['nothing', of(), 'neither'],
    ['management events alone', { basic: [{ readWriteType: 'All', dataResources: [] }], advanced: [] }, 'neither'],
    ['basic: all buckets', basic('All', 'AWS::S3::Object', 'arn:aws:s3'), 'both'],
    ['basic: all buckets, as the console writes it', basic('All', 'AWS::S3::Object', 'arn:aws:s3:::'), 'both'],
    [
      'basic: all objects of the bucket',
      basic('All', 'AWS::S3::Object', 'arn:aws:s3:::other/', `${bucketArn}/`),
      'both',
    ],
    ['basic: reads', basic('ReadOnly', 'AWS::S3::Object', 'arn:aws:s3'), 'read'],
    ['basic: writes', basic('WriteOnly', 'AWS::S3::Object', 'arn:aws:s3'), 'write'],
    ['basic: a prefix', basic('All', 'AWS::S3::Object', `${bucketArn}/logs`), 'neither'],
    ['basic: without the slash it is no prefix of objects', basic('All', 'AWS::S3::Object', bucketArn), 'neither'],
    ['basic: another bucket', basic('All', 'AWS::S3::Object', 'arn:aws:s3:::bucket2/'), 'neither'],
    ['basic: another partition', basic('All', 'AWS::S3::Object', 'arn:aws-cn:s3'), 'neither'],
    ['basic: functions', basic('All', 'AWS::Lambda::Function', 'arn:aws:s3'), 'neither'],
    ['basic: no type', basic('All', null, 'arn:aws:s3'), 'neither'],
    ['advanced: all objects', of([data, objects]), 'both'],
    [
      'advanced: several types',
      of([data, { ...objects, equals: ['AWS::Lambda::Function', 'AWS::S3::Object'] }]),
      'both',
    ],
    ['advanced: reads', of([data, objects, { ...none, field: 'readOnly', equals: ['true'] }]), 'read'],
    ['advanced: writes', of([data, objects, { ...none, field: 'readOnly', equals: ['false'] }]), 'write'],
    [
      'advanced: reads and writes in a selector each',
      of(
        [data, objects, { ...none, field: 'readOnly', equals: ['true'] }],
        [data, objects, { ...none, field: 'readOnly', equals: ['false'] }],
      ),
      'both',
    ],
    ['advanced: management events', of([{ ...data, equals: ['Management'] }]), 'neither'],
    ['advanced: no category', of([objects]), 'neither'],
    ['advanced: no type', of([data]), 'neither'],
    ['advanced: directory buckets', of([data, { ...objects, equals: ['AWS::S3Express::Object'] }]), 'neither'],
    [
      'advanced: some calls only',
      of([data, objects, { ...none, field: 'eventName', equals: ['GetObject'] }]),
      'neither',
    ],
    [
      'advanced: some callers only',
      of([data, objects, { ...none, field: 'userIdentity.arn', notEquals: ['x'] }]),
      'neither',
    ],
    ['advanced: a field without a name', of([data, objects, { ...none, field: null }]), 'neither'],
    ['advanced: this bucket', having({ startsWith: ['arn:aws:s3:::other/', `${bucketArn}/`] }), 'both'],
    ['advanced: this bucket and those that begin alike', having({ startsWith: [bucketArn] }), 'both'],
    ['advanced: another bucket', having({ startsWith: ['arn:aws:s3:::other/'] }), 'neither'],
    ['advanced: a prefix of this bucket', having({ startsWith: [`${bucketArn}/logs/`] }), 'neither'],
    ['advanced: one object', having({ equals: [`${bucketArn}/object`] }), 'neither'],
    ['advanced: some endings', having({ endsWith: ['.csv'] }), 'neither'],
    [
      'advanced: Equals and StartsWith are OR-ed',
      having({ equals: ['arn:aws:s3:::x/y'], startsWith: [`${bucketArn}/`] }),
      'both',
    ],
    ['advanced: all but another bucket', having({ notStartsWith: ['arn:aws:s3:::other/'] }), 'both'],
    ['advanced: all but this bucket', having({ notStartsWith: [`${bucketArn}/`] }), 'neither'],
    ['advanced: all but buckets that begin alike', having({ notStartsWith: ['arn:aws:s3:::buck'] }), 'neither'],
    ['advanced: all but a prefix of this bucket', having({ notStartsWith: [`${bucketArn}/tmp/`] }), 'neither'],
    [
      'advanced: this bucket, all but a prefix',
      having({ startsWith: [`${bucketArn}/`], notStartsWith: [`${bucketArn}/tmp/`] }),
      'neither',
    ],
    ['advanced: all but one object here', having({ notEquals: [`${bucketArn}/object`] }), 'neither'],
    ['advanced: all but one object elsewhere', having({ notEquals: ['arn:aws:s3:::other/object'] }), 'both'],
    ['advanced: all but some endings', having({ notEndsWith: ['.log'] }), 'neither'],
  ])('%s', (_name, selectors, expected) => {
    const kinds = (['read', 'write'] as const).filter((kind) => selects(selectors, bucketArn, kind));
    expect(kinds.length === 2 ? 'both' : (kinds[0] ?? 'neither')).toBe(expected);
  });
});

describe('recordsObjects', () => {
  const bucket = { arn: bucketArn, region: 'eu-west-1' };
  const trail = {
    id: 'trail',
    region: 'us-east-1',
    description: { isMultiRegionTrail: true },
    status: { isLogging: true },
    eventSelectors: selectors('All'),
  };
  const denied = (name: string, of: object = trail) =>
    Object.defineProperty({ ...of }, name, {
      get: () => {
        throw new Unknown(GAP);
      },
    }) as typeof trail;
  const single = { description: { isMultiRegionTrail: false } };

  it.each<[string, (typeof trail)[], boolean]>([
    ['no trail', [], false],
    ['a multi-Region trail', [trail], true],
    ['a trail of this region', [{ ...trail, ...single, region: 'eu-west-1' }], true],
    ['a trail of another region', [{ ...trail, ...single }], false],
    ['a trail that is stopped', [{ ...trail, status: { isLogging: false } }], false],
    [
      'reads here, writes there',
      [
        { ...trail, eventSelectors: selectors('ReadOnly') },
        { ...trail, eventSelectors: selectors('WriteOnly') },
      ],
      true,
    ],
    ['reads alone', [{ ...trail, eventSelectors: selectors('ReadOnly') }], false],
    ['writes alone', [{ ...trail, eventSelectors: selectors('WriteOnly') }], false],
    [
      "one trail whose selectors are the organization's secret does not hide another",
      [denied('eventSelectors'), trail],
      true,
    ],
    [
      'a stopped trail is no use, whatever it selects',
      [denied('eventSelectors', { ...trail, status: { isLogging: false } })],
      false,
    ],
    [
      'a trail that selects nothing is no use, logging or not',
      [denied('status', { ...trail, eventSelectors: { basic: [], advanced: [] } })],
      false,
    ],
  ])('%s', (_name, trails, expected) => {
    expect(recordsObjects(table(trails, undefined), bucket)).toBe(expected);
  });

  it.each(['eventSelectors', 'status', 'description'])('a trail without %s is unknown', (name) => {
    expect(attempt(() => recordsObjects(table([denied(name)], undefined), bucket))).toBeInstanceOf(Unknown);
  });
});

describe('deliveryProblem', () => {
  const source = { id: 'data', region: 'eu-west-1', logging: 'logs' };
  const disabled: BucketAccess['acl'] = { kind: 'not-asked', because: 'acls-disabled' };
  const target = {
    id: 'logs',
    arn: 'arn:aws:s3:::logs',
    region: 'eu-west-1',
    policy: null as string | null,
    acl: disabled,
  };
  const allow = {
    Effect: 'Allow',
    Principal: { Service: 'logging.s3.amazonaws.com' },
    Action: 's3:PutObject',
    Resource: 'arn:aws:s3:::logs/*',
  };
  const policy = (difference: object) =>
    JSON.stringify({ Version: '2012-10-17', Statement: [{ ...allow, ...difference }] });
  const problem = (difference: object) => deliveryProblem(source, table([{ ...target, ...difference }], undefined));

  it.each<[string, object]>([
    ['the policy lets the log service in', { policy: policy({}) }],
    ['under a prefix', { policy: policy({ Resource: 'arn:aws:s3:::logs/access/*' }) }],
    ['with every other action', { policy: policy({ Action: ['s3:*'] }) }],
    ['as everyone', { policy: policy({ Principal: '*' }) }],
    [
      'beside others: statements, services and resources',
      {
        policy: JSON.stringify({
          Statement: [
            { ...allow, Sid: 'Other', Principal: { AWS: '111122223333' } },
            {
              ...allow,
              Principal: { Service: ['cloudtrail.amazonaws.com', 'logging.s3.amazonaws.com'] },
              Resource: ['arn:aws:s3:::other/*', 'arn:aws:s3:::logs/*'],
            },
          ],
        }),
      },
    ],
    [
      'beside the owner in the ACL',
      {
        acl: {
          kind: 'known',
          grants: [
            { grantee: '79a59df900b949e55d96a1e698fb', permission: 'FULL_CONTROL' },
            { grantee: 'http://acs.amazonaws.com/groups/s3/LogDelivery', permission: 'WRITE' },
          ],
        },
      },
    ],
    ['the ACL lets the log group write', { acl: grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'WRITE') }],
    [
      'the ACL lets the log group do all',
      { acl: grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'FULL_CONTROL') },
    ],
    [
      'the ACL was not asked for, and may let the log group in',
      { acl: { kind: 'not-asked', because: 'account-block' } },
    ],
  ])('none: %s', (_name, difference) => {
    expect(problem(difference)).toBeNull();
  });

  it.each<[string, object]>([
    ['no policy, and no ACLs', {}],
    ['the policy is for another service', { policy: policy({ Principal: { Service: 'cloudtrail.amazonaws.com' } }) }],
    [
      'the policy is for a role of that name',
      { policy: policy({ Principal: { AWS: 'arn:aws:iam::111122223333:role/logging.s3.amazonaws.com' } }) },
    ],
    ['the policy is for another action', { policy: policy({ Action: 's3:GetObject' }) }],
    ['the policy is for another bucket', { policy: policy({ Resource: 'arn:aws:s3:::other/*' }) }],
    ['the policy denies', { policy: policy({ Effect: 'Deny' }) }],
    ['the ACL lets the log group read', { acl: grant('http://acs.amazonaws.com/groups/s3/LogDelivery', 'READ_ACP') }],
    ['the ACL lets another write', { acl: grant('79a59df900b949e55d96a1e698fb', 'WRITE') }],
    ['the ACL lets nobody that is named write', { acl: grant(null, 'WRITE') }],
  ])('refused: %s', (_name, difference) => {
    expect(problem(difference)).toBe('its access logs go to logs, which does not let S3 write them');
  });

  it('is unknown where buckets could not be listed', () => {
    expect(attempt(() => deliveryProblem(source, table<typeof target>([], GAP)))).toBeInstanceOf(Unknown);
  });
});

describe('acceptsLogs', () => {
  const trails = { Service: 'cloudtrail.amazonaws.com' };
  it.each<[string, string | null, boolean]>([
    ['no policy', null, false],
    ['trails', deliveryTo('logs', trails), true],
    ['AWS Config', deliveryTo('logs', { Service: 'config.amazonaws.com' }), true],
    ['flow logs, among others', deliveryTo('logs', { Service: ['x', 'delivery.logs.amazonaws.com'] }), true],
    ['load balancers', deliveryTo('logs', { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }), true],
    ['load balancers by account', deliveryTo('logs', { AWS: 'arn:aws:iam::156460612806:root' }), true],
    ['the whole bucket', deliveryTo('logs', trails, { Resource: 'arn:aws:s3:::logs/*' }), true],
    ['everything', deliveryTo('logs', trails, { Action: 's3:*', Resource: '*' }), true],
    [
      'access logs, which are told by their sources',
      deliveryTo('logs', { Service: 'logging.s3.amazonaws.com' }),
      false,
    ],
    ['another service', deliveryTo('logs', { Service: 'cloudfront.amazonaws.com' }), false],
    ['another account', deliveryTo('logs', { AWS: '444455556666' }), false],
    ['a role named like the service', deliveryTo('logs', { AWS: 'cloudtrail.amazonaws.com' }), false],
    ['everyone', deliveryTo('logs', { AWS: '*' }), false],
    ['another bucket', deliveryTo('others', trails), false],
    ['another action', deliveryTo('logs', trails, { Action: 's3:GetBucketAcl' }), false],
    ['a Deny', deliveryTo('logs', trails, { Effect: 'Deny' }), false],
    ['nobody', deliveryTo('logs', {}), false],
  ])('%s', (_name, policy, expected) => {
    expect(acceptsLogs({ arn: 'arn:aws:s3:::logs', policy })).toBe(expected);
  });
});

it('knows 26 accounts of load balancers and 24 of Amazon Redshift', () => {
  expect(DELIVERY_ACCOUNTS.size).toBe(50);
  for (const account of DELIVERY_ACCOUNTS) expect(account).toMatch(/^\d{12}$/);
});

describe('isNamedForState', () => {
  it.each([
    'cf-templates-1abc-eu-west-1',
    'cdk-hnb659fds-assets-111122223333-eu-west-1',
    'acme-tfstate',
    'tf-state-prod',
    'acme-terraform-state',
    'terraformstate',
    'pulumi-state',
  ])('%s is', (name) => {
    expect(isNamedForState(name)).toBe(true);
  });

  it.each(['data', 'my-cf-templates-1abc', 'united-states', 'cdk-assets', 'terraform-modules', 'nft-statements-2'])(
    '%s is not',
    (name) => {
      expect(isNamedForState(name)).toBe(false);
    },
  );
});
