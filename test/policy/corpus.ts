/**
 * Policies with known answers. Each is judged for the account OWN in the organization ORGANIZATION. `source` names the page of
 * the AWS documentation, or the rule, that gives the answer.
 */
import type { ExposureKind } from '../../lib/policy/exposure.ts';

export const OWN = '111122223333';
export const OTHER = '444455556666';
export const THIRD = '777788889999';
export const ORGANIZATION = 'o-a1b2c3d4e5';
export const BUCKET = 'arn:aws:s3:::records';
const QUEUE = `arn:aws:sqs:eu-west-1:${OWN}:orders`;
const KEY = `arn:aws:kms:eu-west-1:${OWN}:key/11111111-2222-3333-4444-555555555555`;
const root = (account: string) => `arn:aws:iam::${account}:root`;

export interface Answers {
  /** The class of each Allow statement of a resource policy, in order. */
  readonly kinds?: readonly ExposureKind[];
  /** The same for a role's trust policy: statements on sts:AssumeRole*, pinned by TRUST_KEYS alone. */
  readonly trust?: readonly ExposureKind[];
  /** Does S3 call it public? */
  readonly publicBucket?: boolean;
  readonly admin?: boolean;
  readonly adminIgnoringConditioned?: boolean;
  /** Does it deny requests for BUCKET without TLS? */
  readonly tls?: boolean;
  readonly minimumTls?: number;
  /** 'action resource' -> is it allowed? */
  readonly allows?: Readonly<Record<string, boolean>>;
  /** The document cannot be read: a part of the message. */
  readonly unreadable?: string;
}
export interface Known {
  readonly name: string;
  readonly source: string;
  readonly document: string | object;
  readonly answers: Answers;
}

type Part = Readonly<Record<string, unknown>>;
const policy = (...Statement: Part[]) => ({ Version: '2012-10-17', Statement });
const identity = (part: Part) => ({ Effect: 'Allow', ...part });
const queue = (part: Part) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 'sqs:SendMessage',
  Resource: QUEUE,
  ...part,
});
const trust = (part: Part) => ({ Effect: 'Allow', Principal: '*', Action: 'sts:AssumeRole', ...part });
const bucket = (part: Part) => ({
  Effect: 'Allow',
  Principal: '*',
  Action: 's3:GetObject',
  Resource: `${BUCKET}/*`,
  ...part,
});
const deny = (part: Part) => ({
  Effect: 'Deny',
  Principal: '*',
  Action: 's3:*',
  Resource: [BUCKET, `${BUCKET}/*`],
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
  ...part,
});

function known(name: string, source: string, document: string | object, answers: Answers): Known {
  return { name, source, document, answers };
}

const PRINCIPAL = 'IAM JSON policy elements: Principal';
const NOT_PRINCIPAL = 'IAM JSON policy elements: NotPrincipal';
const CONDITION = 'IAM JSON policy elements: Condition';
const OPERATORS = 'IAM JSON policy elements: Condition operators';
const GLOBAL_KEYS = 'AWS global condition context keys';
const SETS = 'Set operators for multi-valued context keys';
const DEPUTY = 'The confused deputy problem';
const GRAMMAR = 'Grammar of the IAM JSON policy language';
const PUBLIC = 'Amazon S3: The meaning of "public"';
const LOGIC = 'Policy evaluation logic';

const principals: readonly Known[] = [
  known('a principal that is a bare star', PRINCIPAL, policy(queue({})), { kinds: ['public'] }),
  known('a star of type AWS', PRINCIPAL, policy(queue({ Principal: { AWS: '*' } })), { kinds: ['public'] }),
  known('a star in a list', PRINCIPAL, policy(queue({ Principal: { AWS: [root(OWN), '*'] } })), { kinds: ['public'] }),
  known('a list of principals without a map', PRINCIPAL, policy(queue({ Principal: ['*'] })), { kinds: ['public'] }),
  known(
    'a type in other letter case',
    'names are read in any letter case',
    policy(queue({ Principal: { aws: '*' } })),
    {
      kinds: ['public'],
    },
  ),
  known('the own account by its id', PRINCIPAL, policy(queue({ Principal: { AWS: OWN } })), { kinds: ['own-account'] }),
  known('the own account by its root ARN', PRINCIPAL, policy(queue({ Principal: { AWS: root(OWN) } })), {
    kinds: ['own-account'],
  }),
  known('another account by its id', PRINCIPAL, policy(queue({ Principal: { AWS: OTHER } })), { kinds: ['accounts'] }),
  known('another account without a map', PRINCIPAL, policy(queue({ Principal: OTHER })), { kinds: ['accounts'] }),
  known(
    'another account with hyphens',
    'Amazon SQS: access policy language element descriptions',
    policy(queue({ Principal: { AWS: '4444-5555-6666' } })),
    { kinds: ['accounts'] },
  ),
  known(
    'a role of another account whose name holds the own account id',
    'an account is read from the field of the ARN, never from a part of the text',
    policy(queue({ Principal: { AWS: `arn:aws:iam::${OTHER}:role/for-${OWN}` } })),
    { kinds: ['accounts'] },
  ),
  known(
    'a user of the own account in another partition',
    'Amazon Resource Names: partitions',
    policy(queue({ Principal: { AWS: `arn:aws-cn:iam::${OWN}:user/Anna` } })),
    { kinds: ['own-account'] },
  ),
  known(
    'a role session of another account',
    'IAM JSON policy elements: Principal, role sessions',
    policy(queue({ Principal: { AWS: `arn:aws:sts::${OTHER}:assumed-role/deploy/night` } })),
    { kinds: ['accounts'] },
  ),
  known(
    'a role name with a star in the own account',
    'only the account of the principal decides whether it is everyone',
    policy(queue({ Principal: { AWS: `arn:aws:iam::${OWN}:role/app-*` } })),
    { kinds: ['own-account'] },
  ),
  known(
    'the root of all accounts',
    'IAM rejects it, imported templates hold it',
    policy(queue({ Principal: { AWS: 'arn:aws:iam::*:root' } })),
    { kinds: ['public'] },
  ),
  known(
    'an account id with a star in it',
    'a wildcard in the account is everyone',
    policy(queue({ Principal: { AWS: 'arn:aws:iam::11112222*:root' } })),
    { kinds: ['public'] },
  ),
  known(
    'the unique id of a deleted role',
    'IAM identifiers: unique identifiers',
    policy(queue({ Principal: { AWS: 'AROAJQABLZS4A3QDU576Q' } })),
    { kinds: ['nobody'] },
  ),
  known(
    'the unique id of a deleted user beside a living principal',
    'IAM identifiers: unique identifiers',
    policy(queue({ Principal: { AWS: ['AIDAJQABLZS4A3QDU576Q', OTHER] } })),
    { kinds: ['accounts'] },
  ),
  known(
    'a canonical user',
    'AWS account identifiers: canonical user ID',
    policy(bucket({ Principal: { CanonicalUser: 'a'.repeat(64) } })),
    { kinds: ['unresolved'], publicBucket: false },
  ),
  known(
    'an origin access identity',
    'Amazon CloudFront: origin access identity',
    policy(bucket({ Principal: { AWS: 'arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1EXAMPLE' } })),
    { kinds: ['unresolved'], publicBucket: false },
  ),
  known('an AWS service', PRINCIPAL, policy(queue({ Principal: { Service: 'sns.amazonaws.com' } })), {
    kinds: ['service'],
  }),
  known('any AWS service', PRINCIPAL, policy(queue({ Principal: { Service: '*' } })), {
    kinds: ['service'],
    publicBucket: true,
  }),
  known(
    'a service and another account: the wider one names the class',
    PRINCIPAL,
    policy(queue({ Principal: { Service: 'sns.amazonaws.com', AWS: OTHER } })),
    { kinds: ['accounts'] },
  ),
  known('any identity provider', PRINCIPAL, policy(queue({ Principal: { Federated: '*' } })), { kinds: ['public'] }),
  known('no principal', 'a resource policy without Principal is for nobody', policy(identity({ Action: 'kms:*' })), {
    kinds: ['nobody'],
  }),
  known('an empty principal', 'a resource policy without Principal is for nobody', policy(queue({ Principal: {} })), {
    kinds: ['nobody'],
    publicBucket: false,
  }),
  known(
    'everyone but one account',
    NOT_PRINCIPAL,
    policy(queue({ Principal: undefined, NotPrincipal: { AWS: OTHER } })),
    {
      kinds: ['public'],
      publicBucket: true,
    },
  ),
  known(
    'everyone but one account, in the own organization',
    NOT_PRINCIPAL,
    policy(
      queue({
        Principal: undefined,
        NotPrincipal: { AWS: OTHER },
        Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } },
      }),
    ),
    { kinds: ['organization'] },
  ),
  known('a Deny to everyone', LOGIC, policy(queue({ Effect: 'Deny' })), { kinds: [], publicBucket: false }),
  known(
    'a harmless statement before a public one',
    'every statement is judged',
    policy(queue({ Principal: { AWS: OWN } }), queue({})),
    { kinds: ['own-account', 'public'] },
  ),
];

/** A wildcard principal under one condition. */
function pinned(name: string, source: string, Condition: Part, kind: ExposureKind, more: Answers = {}): Known {
  return known(name, source, policy(queue({ Condition })), { kinds: [kind], ...more });
}

const SOURCE_ARN_TOPIC = `arn:aws:sns:eu-west-1:${OWN}:news`;
const pins: readonly Known[] = [
  pinned('the own account as source', GLOBAL_KEYS, { StringEquals: { 'aws:SourceAccount': OWN } }, 'own-account'),
  pinned('another account as source', GLOBAL_KEYS, { StringEquals: { 'aws:SourceAccount': OTHER } }, 'accounts'),
  pinned('both accounts', GLOBAL_KEYS, { StringEquals: { 'aws:SourceAccount': [OWN, OTHER] } }, 'accounts'),
  pinned('an account id as a number', GRAMMAR, { StringEquals: { 'aws:SourceAccount': Number(OWN) } }, 'own-account'),
  pinned(
    'the default policy of a topic, whose key is in other letter case',
    'Amazon SNS: default topic policy',
    { StringEquals: { 'AWS:SourceOwner': OWN } },
    'own-account',
  ),
  pinned('operator in other letter case', CONDITION, { stringequals: { 'AWS:SOURCEACCOUNT': OWN } }, 'own-account'),
  pinned('ignoring letter case', OPERATORS, { StringEqualsIgnoreCase: { 'aws:PrincipalAccount': OWN } }, 'own-account'),
  pinned('like an account id', OPERATORS, { StringLike: { 'aws:PrincipalAccount': OWN } }, 'own-account'),
  pinned('a star for the account', OPERATORS, { StringLike: { 'aws:SourceAccount': '*' } }, 'public'),
  pinned('a star after some digits', OPERATORS, { StringLike: { 'aws:SourceAccount': '1111*' } }, 'public'),
  pinned('one value is a star', 'values are OR-ed', { StringLike: { 'aws:SourceAccount': [OWN, '*'] } }, 'public'),
  pinned(
    'no value',
    'a condition without values names nobody',
    { StringEquals: { 'aws:SourceAccount': [] } },
    'public',
  ),
  pinned('the anonymous account', GLOBAL_KEYS, { StringEquals: { 'aws:PrincipalAccount': 'anonymous' } }, 'public'),
  pinned('not another account', OPERATORS, { StringNotEquals: { 'aws:SourceAccount': OTHER } }, 'public'),
  pinned('not like', OPERATORS, { ArnNotLike: { 'aws:PrincipalArn': root(OTHER) } }, 'public'),
  pinned('not from some address', OPERATORS, { NotIpAddress: { 'aws:SourceIp': '192.0.2.0/24' } }, 'public'),
  pinned('if the source exists', OPERATORS, { StringEqualsIfExists: { 'aws:SourceAccount': OWN } }, 'public'),
  pinned(
    'IfExists on a key that each request has',
    'AWS global condition context keys: aws:PrincipalAccount is always included',
    { StringEqualsIfExists: { 'aws:PrincipalAccount': OWN } },
    'own-account',
  ),
  pinned('all values', SETS, { 'ForAllValues:StringEquals': { 'aws:SourceAccount': OWN } }, 'public'),
  pinned(
    'all values, of a key that each request has',
    SETS,
    { 'ForAllValues:StringEquals': { 'aws:PrincipalAccount': OWN } },
    'public',
  ),
  pinned('any value', SETS, { 'ForAnyValue:StringEquals': { 'aws:PrincipalAccount': OWN } }, 'own-account'),
  pinned('the key is there', OPERATORS, { Null: { 'aws:SourceAccount': 'false' } }, 'public'),
  pinned('a numeric operator', OPERATORS, { NumericEquals: { 'aws:SourceAccount': OWN } }, 'public'),
  pinned(
    'the account that owns the resource, by variable',
    'AWS global condition context keys: aws:ResourceAccount',
    { StringEquals: { 'aws:SourceAccount': '${aws:ResourceAccount}' } },
    'own-account',
  ),
  pinned(
    'any other variable',
    'IAM policy elements: Variables and tags',
    { StringEquals: { 'aws:PrincipalAccount': '${aws:PrincipalAccount}' } },
    'public',
  ),
  pinned('the organization', GLOBAL_KEYS, { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } }, 'organization'),
  pinned('any organization', GLOBAL_KEYS, { StringLike: { 'aws:PrincipalOrgID': 'o-*' } }, 'public'),
  pinned(
    'the organization that owns the resource, by variable',
    'AWS global condition context keys: aws:ResourceOrgID',
    { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } },
    'organization',
  ),
  pinned('the source organization', GLOBAL_KEYS, { StringEquals: { 'aws:SourceOrgID': ORGANIZATION } }, 'organization'),
  pinned(
    'a unit of the organization and all below',
    'AWS global condition context keys: aws:PrincipalOrgPaths',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/r-ab12/ou-ab12-11111111/*` } },
    'organization',
  ),
  pinned(
    'a unit of any organization: unit ids are not unique',
    'AWS global condition context keys: aws:PrincipalOrgPaths',
    { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': '*/r-ab12/ou-ab12-11111111/*' } },
    'public',
  ),
  pinned(
    'an organization id with a star in place of a path',
    'AWS global condition context keys: aws:PrincipalOrgPaths',
    { 'ForAnyValue:StringLike': { 'aws:SourceOrgPaths': `${ORGANIZATION}*` } },
    'public',
  ),
  pinned('all paths', SETS, { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } }, 'public'),
  pinned(
    'a role of the own account',
    GLOBAL_KEYS,
    { ArnEquals: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/deploy` } },
    'own-account',
  ),
  pinned(
    'roles by a prefix of their name in another account',
    GLOBAL_KEYS,
    { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OTHER}:role/app-*` } },
    'accounts',
  ),
  pinned(
    'a role name in any account',
    'the account field decides',
    { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } },
    'public',
  ),
  pinned(
    'a role in any partition, ARN operator',
    'Condition operators: each component of an ARN is compared separately',
    { ArnLike: { 'aws:PrincipalArn': `arn:*:iam::${OWN}:role/deploy` } },
    'own-account',
  ),
  pinned(
    'a role in any partition, string operator: a path may hold the rest of the pattern',
    'Condition operators: where a string operator matches and an ARN operator does not; IAM identifiers: paths',
    { StringLike: { 'aws:PrincipalArn': `arn:*:iam::${OWN}:role/deploy` } },
    'public',
  ),
  pinned(
    'a role path by a variable that the caller fills',
    'IAM policy elements: Variables and tags; IAM identifiers: paths',
    { StringEquals: { 'aws:PrincipalArn': `arn:\${p}:iam::${OWN}:role/deploy` } },
    'public',
  ),
  pinned('a topic of the own account', DEPUTY, { ArnEquals: { 'aws:SourceArn': SOURCE_ARN_TOPIC } }, 'own-account'),
  pinned(
    'topics of another account in any region',
    DEPUTY,
    { ArnLike: { 'aws:SourceArn': `arn:aws:sns:*:${OTHER}:*` } },
    'accounts',
  ),
  pinned(
    'anything of the own account, string operator',
    'the account field is literal',
    { StringLike: { 'aws:SourceArn': `arn:aws:events:*:${OWN}:rule/*` } },
    'own-account',
  ),
  pinned('any source', DEPUTY, { StringLike: { 'aws:SourceArn': '*' } }, 'public'),
  pinned('an ARN of stars', DEPUTY, { ArnLike: { 'aws:SourceArn': 'arn:aws:*:*:*:*' } }, 'public'),
  pinned(
    'a bucket: its ARN names no account',
    'Amazon S3: granting permissions to publish event notifications',
    { ArnLike: { 'aws:SourceArn': BUCKET } },
    'restricted',
  ),
  pinned(
    'a bucket with stars for region and account',
    'Amazon S3: granting permissions to publish event notifications',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:*:*:records' } },
    'restricted',
  ),
  pinned(
    'the objects of a bucket',
    'a literal bucket name is one bucket',
    { ArnLike: { 'aws:SourceArn': `${BUCKET}/*` } },
    'restricted',
  ),
  pinned(
    'buckets by a prefix: anyone can make one',
    'a bucket must be literal',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::records*' } },
    'public',
  ),
  pinned(
    'an access point in any account',
    'names of access points are unique within an account only',
    { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:eu-west-1:*:accesspoint/records' } },
    'public',
  ),
  pinned(
    'a resource whose ARN names no account',
    'Amazon Route 53: resource ARNs',
    { ArnEquals: { 'aws:SourceArn': 'arn:aws:route53:::hostedzone/Z0123456789' } },
    'restricted',
  ),
  pinned('text that is no ARN', DEPUTY, { ArnEquals: { 'aws:SourceArn': 'news' } }, 'public'),
  pinned(
    'a bucket or a topic of the own account: the wider value decides',
    'values are OR-ed',
    { ArnEquals: { 'aws:SourceArn': [BUCKET, SOURCE_ARN_TOPIC] } },
    'restricted',
  ),
  pinned('a VPC', GLOBAL_KEYS, { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b2c3d' } }, 'restricted'),
  pinned('a VPC endpoint', GLOBAL_KEYS, { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } }, 'restricted'),
  pinned('any VPC', PUBLIC, { StringLike: { 'aws:SourceVpc': 'vpc-*' } }, 'public'),
  pinned('an address', OPERATORS, { IpAddress: { 'aws:SourceIp': '192.0.2.7' } }, 'restricted'),
  pinned('the narrowest range S3 calls broad', PUBLIC, { IpAddress: { 'aws:SourceIp': '11.0.0.0/7' } }, 'public'),
  pinned('the broadest range S3 calls narrow', PUBLIC, { IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } }, 'restricted'),
  pinned('all addresses', PUBLIC, { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } }, 'public'),
  pinned(
    'all addresses in two halves',
    PUBLIC,
    { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } },
    'public',
  ),
  pinned(
    'half of all addresses in many networks',
    'ranges that cover the world are not narrow',
    { IpAddress: { 'aws:SourceIp': Array.from({ length: 128 }, (_, byte) => `${byte}.0.0.0/8`) } },
    'public',
  ),
  pinned(
    'one network many times',
    'overlapping ranges count once',
    { IpAddress: { 'aws:SourceIp': Array.from({ length: 128 }, () => '11.0.0.0/8') } },
    'restricted',
  ),
  pinned('a narrow IPv6 network', PUBLIC, { IpAddress: { 'aws:SourceIp': '2001:db8::/32' } }, 'restricted'),
  pinned('a broad IPv6 network', PUBLIC, { IpAddress: { 'aws:SourceIp': '2001:d00::/24' } }, 'public'),
  pinned('all of IPv6', PUBLIC, { IpAddress: { 'aws:SourceIp': ['192.0.2.7', '::/0'] } }, 'public'),
  pinned('an IPv6 address', OPERATORS, { IpAddress: { 'aws:SourceIp': '2001:db8::1' } }, 'restricted'),
  pinned('text that is no network', OPERATORS, { IpAddress: { 'aws:SourceIp': '192.0.2.0/24/8' } }, 'public'),
  pinned('an address if it exists', GLOBAL_KEYS, { IpAddressIfExists: { 'aws:SourceIp': '192.0.2.7' } }, 'public'),
  pinned('an address as text', OPERATORS, { StringEquals: { 'aws:SourceIp': '192.0.2.7' } }, 'public'),
  pinned('only with TLS', 'says nothing of the caller', { Bool: { 'aws:SecureTransport': 'true' } }, 'public'),
  pinned('only with MFA', 'says nothing of the caller', { Bool: { 'aws:MultiFactorAuthPresent': true } }, 'public'),
  pinned(
    'the owner of the resource',
    'says nothing of the caller',
    { StringEquals: { 'aws:ResourceAccount': OWN } },
    'public',
  ),
  pinned(
    'through a service',
    'AWS global condition context keys: aws:CalledVia',
    { 'ForAnyValue:StringEquals': { 'aws:CalledVia': 'athena.amazonaws.com' } },
    'public',
  ),
  pinned(
    'the organization and the own account: all tests must hold',
    CONDITION,
    { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION, 'aws:PrincipalAccount': OWN } },
    'own-account',
  ),
  pinned(
    'a test that says nothing beside one that pins',
    CONDITION,
    { Bool: { 'aws:SecureTransport': 'true' }, StringEquals: { 'aws:SourceAccount': OWN } },
    'own-account',
  ),
];

const kmsKey = (part: Part) => policy(queue({ Action: 'kms:Decrypt', Resource: KEY, ...part }));
const services: readonly Known[] = [
  known(
    'a key for whoever comes through a service',
    'AWS KMS condition keys: kms:ViaService',
    kmsKey({ Condition: { StringEquals: { 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } } }),
    { kinds: ['public'] },
  ),
  known(
    'a key for the own account through a service, as AWS managed keys have it',
    'AWS KMS condition keys: kms:CallerAccount',
    kmsKey({
      Condition: { StringEquals: { 'kms:CallerAccount': OWN, 'kms:ViaService': 'ec2.eu-west-1.amazonaws.com' } },
    }),
    { kinds: ['own-account'] },
  ),
  known(
    'the default key policy',
    'AWS KMS: default key policy',
    policy({ Sid: 'Root', Effect: 'Allow', Principal: { AWS: root(OWN) }, Action: 'kms:*', Resource: '*' }),
    { kinds: ['own-account'] },
  ),
  known(
    'the policy of a repository, which names no resource',
    'Amazon ECR: repository policies',
    policy({ Effect: 'Allow', Principal: { AWS: OTHER }, Action: ['ecr:BatchGetImage'] }),
    { kinds: ['accounts'] },
  ),
  known(
    'everyone, closed by a Deny outside of the organization: the Allow stays what it is',
    'closingDenies tells of the Deny',
    policy(
      queue({}),
      queue({ Effect: 'Deny', Action: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } }),
    ),
    { kinds: ['public'] },
  ),
];

const trusts: readonly Known[] = [
  known('a role for everyone', PRINCIPAL, policy(trust({})), { trust: ['public'] }),
  known('a role for everyone of type AWS, in a list', PRINCIPAL, policy(trust({ Principal: { AWS: ['*'] } })), {
    trust: ['public'],
  }),
  known('all of sts', 'sts:* holds sts:AssumeRole', policy(trust({ Action: 'sts:*' })), { trust: ['public'] }),
  known('all actions', '* holds sts:AssumeRole', policy(trust({ Action: ['*'] })), { trust: ['public'] }),
  known('any way to assume', 'a pattern', policy(trust({ Action: 'STS:assumerole*' })), { trust: ['public'] }),
  known('tags for sessions alone are no role', 'only sts:AssumeRole*', policy(trust({ Action: 'sts:TagSession' })), {
    trust: [],
  }),
  known(
    'all but one way to assume',
    'IAM JSON policy elements: NotAction',
    policy(trust({ Action: undefined, NotAction: 'sts:AssumeRoleWithSAML' })),
    { trust: ['public'] },
  ),
  known(
    'all but assuming',
    'IAM JSON policy elements: NotAction',
    policy(trust({ Action: undefined, NotAction: 'sts:Assume*' })),
    { trust: [] },
  ),
  known(
    'an external id is not a secret',
    'Access to AWS accounts owned by third parties',
    policy(trust({ Condition: { StringEquals: { 'sts:ExternalId': 'night-watch' } } })),
    { trust: ['public'] },
  ),
  known(
    'an address restricts the place, not the identity',
    'iam-role-trust-not-public',
    policy(trust({ Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } })),
    { trust: ['public'], kinds: ['restricted'] },
  ),
  known(
    'the organization',
    GLOBAL_KEYS,
    policy(trust({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } })),
    { trust: ['organization'] },
  ),
  known(
    'the organization if the key exists',
    OPERATORS,
    policy(trust({ Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': ORGANIZATION } } })),
    { trust: ['public'] },
  ),
  known(
    'a unit of the organization',
    GLOBAL_KEYS,
    policy(trust({ Condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': [`${ORGANIZATION}/*`] } } })),
    { trust: ['organization'] },
  ),
  known(
    'a role name of any account',
    'iam-role-trust-not-public',
    policy(trust({ Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } })),
    { trust: ['public'] },
  ),
  known(
    'roles of the own account',
    'iam-role-trust-not-public',
    policy(trust({ Condition: { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${OWN}:role/*` } } })),
    { trust: ['own-account'] },
  ),
  known(
    'a VPC endpoint',
    'iam-role-trust-not-public',
    policy(trust({ Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } } })),
    { trust: ['restricted'] },
  ),
  known(
    'the root of all accounts',
    'iam-role-trust-not-public',
    policy(trust({ Principal: { AWS: 'arn:aws:iam::*:root' } })),
    { trust: ['public'] },
  ),
  known('all but one account', NOT_PRINCIPAL, policy(trust({ Principal: undefined, NotPrincipal: { AWS: OTHER } })), {
    trust: ['public'],
  }),
  known('a service', 'IAM roles: service role', policy(trust({ Principal: { Service: 'ec2.amazonaws.com' } })), {
    trust: ['service'],
  }),
  known(
    'a web identity provider',
    'OIDC federation',
    policy(
      trust({
        Principal: { Federated: `arn:aws:iam::${OWN}:oidc-provider/token.actions.githubusercontent.com` },
        Action: 'sts:AssumeRoleWithWebIdentity',
        Condition: { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } },
      }),
    ),
    { trust: ['federated'] },
  ),
  known(
    'a SAML provider',
    'SAML 2.0 federation',
    policy(
      trust({
        Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/people` },
        Action: 'sts:AssumeRoleWithSAML',
      }),
    ),
    { trust: ['federated'] },
  ),
  known(
    'services and other accounts in separate statements',
    'each statement is judged on its own',
    policy(trust({ Principal: { Service: 'ecs.amazonaws.com' } }), trust({ Principal: { AWS: root(OTHER) } })),
    { trust: ['service', 'accounts'] },
  ),
];

const buckets: readonly Known[] = [
  known('everyone reads', PUBLIC, policy(bucket({})), { publicBucket: true }),
  known('web identities', PUBLIC, policy(bucket({ Principal: { Federated: 'graph.facebook.com' } })), {
    publicBucket: true,
  }),
  known(
    'a provider of the account',
    PUBLIC,
    policy(bucket({ Principal: { Federated: `arn:aws:iam::${OWN}:saml-provider/people` } })),
    { publicBucket: false },
  ),
  known('any VPC', PUBLIC, policy(bucket({ Condition: { StringLike: { 'aws:SourceVpc': 'vpc-*' } } })), {
    publicBucket: true,
  }),
  known('one VPC', PUBLIC, policy(bucket({ Condition: { StringEquals: { 'aws:SourceVpc': 'vpc-0a1b' } } })), {
    publicBucket: false,
  }),
  known('a broad network', PUBLIC, policy(bucket({ Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/1' } } })), {
    publicBucket: true,
  }),
  known('a narrow network', PUBLIC, policy(bucket({ Condition: { IpAddress: { 'aws:SourceIp': '11.0.0.0/8' } } })), {
    publicBucket: false,
  }),
  known(
    'a private network',
    PUBLIC,
    policy(bucket({ Condition: { IpAddress: { 'aws:SourceIp': ['10.0.0.0/8', '172.16.0.0/12'] } } })),
    { publicBucket: false },
  ),
  known(
    'the organization',
    PUBLIC,
    policy(bucket({ Condition: { StringEquals: { 'aws:PrincipalOrgID': ORGANIZATION } } })),
    { publicBucket: false },
  ),
  known(
    'a policy variable is no fixed value',
    PUBLIC,
    policy(bucket({ Condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } })),
    { publicBucket: true },
  ),
  known(
    'a path of the organization is not in the list of S3',
    PUBLIC,
    policy(bucket({ Condition: { StringLike: { 'aws:PrincipalOrgPaths': `${ORGANIZATION}/*` } } })),
    { publicBucket: true },
  ),
  known(
    'a source with a star in its name is no fixed value',
    PUBLIC,
    policy(bucket({ Condition: { ArnLike: { 'aws:SourceArn': `arn:aws:sns:eu-west-1:${OWN}:*` } } })),
    { publicBucket: true },
  ),
  known('a fixed source', PUBLIC, policy(bucket({ Condition: { ArnEquals: { 'aws:SourceArn': SOURCE_ARN_TOPIC } } })), {
    publicBucket: false,
  }),
  known(
    'one user id',
    PUBLIC,
    policy(bucket({ Condition: { StringEquals: { 'aws:userid': 'AIDAJQABLZS4A3QDU576Q' } } })),
    { publicBucket: false },
  ),
  known(
    'all sessions of a role id',
    PUBLIC,
    policy(bucket({ Condition: { StringLike: { 'aws:userid': 'AROAJQABLZS4A3QDU576Q:*' } } })),
    { publicBucket: true },
  ),
  known(
    'a key for encryption',
    PUBLIC,
    policy(bucket({ Condition: { StringEquals: { 's3:x-amz-server-side-encryption-aws-kms-key-id': KEY } } })),
    { publicBucket: false },
  ),
  known(
    'access points of an account',
    PUBLIC,
    policy(bucket({ Condition: { StringEquals: { 's3:DataAccessPointAccount': OWN } } })),
    { publicBucket: false },
  ),
  known(
    'all access points of an account and region',
    PUBLIC,
    policy(
      bucket({ Condition: { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-1:${OWN}:accesspoint/*` } } }),
    ),
    { publicBucket: false },
  ),
  known(
    'access points of all accounts',
    PUBLIC,
    policy(bucket({ Condition: { ArnLike: { 's3:DataAccessPointArn': 'arn:aws:s3:eu-west-1:*:accesspoint/*' } } })),
    { publicBucket: true },
  ),
  known(
    'an ARN that is no access point',
    PUBLIC,
    policy(bucket({ Condition: { ArnLike: { 's3:DataAccessPointArn': `arn:aws:s3:eu-west-1:${OWN}:*` } } })),
    { publicBucket: true },
  ),
  known('only with TLS', PUBLIC, policy(bucket({ Condition: { Bool: { 'aws:SecureTransport': true } } })), {
    publicBucket: true,
  }),
  known(
    'a referer',
    'AWS global condition context keys: aws:Referer',
    policy(bucket({ Condition: { StringLike: { 'aws:Referer': 'https://example.com/*' } } })),
    { publicBucket: true },
  ),
  known('a negated test', PUBLIC, policy(bucket({ Condition: { StringNotEquals: { 'aws:SourceVpc': 'vpc-0a1b' } } })), {
    publicBucket: true,
  }),
  known('no value', PUBLIC, policy(bucket({ Condition: { StringEquals: { 'aws:SourceVpc': [] } } })), {
    publicBucket: true,
  }),
  known('the account of a key', PUBLIC, policy(bucket({ Principal: { AWS: root(OTHER) } })), { publicBucket: false }),
  known('a role name with a star', PUBLIC, policy(bucket({ Principal: { AWS: `arn:aws:iam::${OWN}:role/a*` } })), {
    publicBucket: true,
  }),
  known('a service', PUBLIC, policy(bucket({ Principal: { Service: 'cloudtrail.amazonaws.com' } })), {
    publicBucket: false,
  }),
  known(
    'one public grant makes the whole policy public',
    'Amazon S3: bucket policies with public and non-public access grants',
    policy(
      bucket({ Principal: { Service: 'cloudtrail.amazonaws.com' } }),
      bucket({ Principal: { AWS: OTHER } }),
      bucket({}),
    ),
    { publicBucket: true },
  ),
  known(
    'a Deny does not change what S3 calls it',
    PUBLIC,
    policy(bucket({}), bucket({ Effect: 'Deny', Principal: '*' })),
    { publicBucket: true },
  ),
  known('a policy without statements', GRAMMAR, policy(), { publicBucket: false, admin: false, tls: false }),
];

const POWER_USER = policy(
  identity({ NotAction: ['iam:*', 'organizations:*', 'account:*'], Resource: '*' }),
  identity({
    Action: ['iam:CreateServiceLinkedRole', 'iam:ListRoles', 'organizations:DescribeOrganization'],
    Resource: '*',
  }),
);
const ADMIN = identity({ Action: '*', Resource: '*' });
const MANY_LETTERS = 'abcdefghijklmnopqrstuvwxyz'.split('');
const admins: readonly Known[] = [
  known('everything', 'AWS managed policy AdministratorAccess', policy(ADMIN), { admin: true }),
  known('one statement without a list', GRAMMAR, { Statement: ADMIN }, { admin: true }),
  known('lists of stars', GRAMMAR, policy(identity({ Action: ['*'], Resource: ['*'] })), { admin: true }),
  known('all services by a pattern', 'wildcards anywhere', policy(identity({ Action: '*:*', Resource: '*' })), {
    admin: true,
  }),
  known('many stars', 'wildcards anywhere', policy(identity({ Action: '***', Resource: '**' })), { admin: true }),
  known('all of IAM in capitals', 'actions ignore letter case', policy(identity({ Action: 'IAM:*', Resource: '*' })), {
    admin: false,
    allows: { 'iam:CreateUser arn:aws:iam::111122223333:user/x': true },
  }),
  known('services that begin with i', 'wildcards anywhere', policy(identity({ Action: 'i*:*', Resource: '*' })), {
    admin: false,
    allows: { 'iam:PutRolePolicy arn:aws:iam::111122223333:role/x': true, 's3:GetObject arn:aws:s3:::b/k': false },
  }),
  known(
    'all services by their first letters',
    'the union of statements',
    policy(...MANY_LETTERS.map((letter) => identity({ Action: `${letter}*`, Resource: '*' }))),
    { admin: true },
  ),
  known(
    'all services by their first letters but i',
    'the union of statements',
    policy(
      ...MANY_LETTERS.filter((letter) => letter !== 'i').map((letter) =>
        identity({ Action: `${letter}*`, Resource: '*' }),
      ),
    ),
    { admin: false },
  ),
  known(
    'two halves in two statements',
    'the union of statements',
    policy(
      identity({ Action: ['iam:*', 's3:*'], Resource: '*' }),
      identity({ Action: ['ec2:*', 'organizations:*'], Resource: '*' }),
    ),
    { admin: true },
  ),
  known(
    'two halves, one of them on one bucket',
    'only statements on all resources are united',
    policy(
      identity({ Action: ['iam:*', 'ec2:*', 'organizations:*'], Resource: '*' }),
      identity({ Action: 's3:*', Resource: BUCKET }),
    ),
    { admin: false },
  ),
  known(
    'named actions are not all actions',
    'iam-policy-no-full-admin',
    policy(
      identity({
        Action: ['iam:CreateUser', 's3:GetObject', 'ec2:RunInstances', 'organizations:LeaveOrganization'],
        Resource: '*',
      }),
    ),
    { admin: false },
  ),
  known(
    'a star among other resources',
    'iam-policy-no-full-admin',
    policy(identity({ Action: '*', Resource: ['*', BUCKET] })),
    { admin: true },
  ),
  ...['arn:*', 'arn:aws:*', '*:*', '*/*', 'arn:*:*:*:*:*', 'arn:aws:*:*:*:*'].map((Resource) =>
    known(`all resources as ${Resource}`, 'universal resource patterns', policy(identity({ Action: '*', Resource })), {
      admin: true,
    }),
  ),
  known('one bucket', 'iam-policy-no-full-admin', policy(identity({ Action: '*', Resource: `${BUCKET}*` })), {
    admin: false,
  }),
  known('another partition', 'partitions', policy(identity({ Action: '*', Resource: 'arn:aws-cn:*' })), {
    admin: false,
  }),
  known('all but IAM', 'AWS managed policy PowerUserAccess', POWER_USER, {
    admin: false,
    allows: {
      'iam:CreateUser arn:aws:iam::111122223333:user/x': false,
      'iam:ListRoles arn:aws:iam::111122223333:role/': true,
      's3:DeleteBucket arn:aws:s3:::records': true,
    },
  }),
  known(
    'all but a misspelt service',
    'a prefix that no service has leaves nothing out',
    policy(identity({ NotAction: ['iamm:*', 'organisations:*'], Resource: '*' })),
    { admin: true },
  ),
  known('all but S3', 'NotAction that leaves IAM callable', policy(identity({ NotAction: 's3:*', Resource: '*' })), {
    admin: true,
  }),
  known(
    'all but the organization',
    'NotAction that leaves IAM callable',
    policy(identity({ NotAction: 'organizations:*', Resource: '*' })),
    { admin: true },
  ),
  known(
    'all but some of IAM',
    'NotAction that leaves IAM callable',
    policy(identity({ NotAction: ['iam:Create*', 'iam:Put*'], Resource: '*' })),
    { admin: true },
  ),
  known(
    'all but IAM, in capitals',
    'actions ignore letter case',
    policy(identity({ NotAction: 'IAM:*', Resource: '*' })),
    { admin: false },
  ),
  known(
    'all but IAM, and IAM beside it',
    'the union of statements',
    policy(identity({ NotAction: 'iam:*', Resource: '*' }), identity({ Action: 'iam:*', Resource: '*' })),
    { admin: true },
  ),
  known('all but some, on one bucket', 'NotAction', policy(identity({ NotAction: 's3:*', Resource: BUCKET })), {
    admin: false,
  }),
  known(
    'everything but one bucket',
    'IAM JSON policy elements: NotResource',
    policy(identity({ Action: '*', NotResource: [BUCKET, `${BUCKET}/*`] })),
    { admin: true },
  ),
  known(
    'everything but all of IAM',
    'IAM JSON policy elements: NotResource',
    policy(identity({ Action: '*', NotResource: 'arn:aws:iam::*:*' })),
    { admin: false },
  ),
  known('nothing', 'IAM JSON policy elements: NotResource', policy(identity({ Action: '*', NotResource: '*' })), {
    admin: false,
  }),
  known(
    'everything but one bucket, some actions',
    'IAM JSON policy elements: NotResource',
    policy(identity({ Action: 's3:*', NotResource: BUCKET })),
    { admin: false },
  ),
  known(
    'everything from one address',
    'iam-policy-no-full-admin: ignoreConditioned',
    policy({ ...ADMIN, Condition: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }),
    { admin: true, adminIgnoringConditioned: false },
  ),
  known('everything, taken away', LOGIC, policy(ADMIN, { Effect: 'Deny', Action: '*', Resource: '*' }), {
    admin: false,
    allows: { 's3:GetObject arn:aws:s3:::b/k': false },
  }),
  known(
    'everything, taken away by patterns',
    LOGIC,
    policy(ADMIN, { Effect: 'Deny', Action: '*:*', Resource: 'arn:aws:*' }),
    { admin: false },
  ),
  known(
    'everything, taken away under a condition',
    'a conditional Deny never neutralises',
    policy(ADMIN, {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
    }),
    { admin: true, adminIgnoringConditioned: true, allows: { 's3:GetObject arn:aws:s3:::b/k': true } },
  ),
  known(
    'everything, with a narrower Deny',
    'a Deny of less breadth does not neutralise',
    policy(ADMIN, { Effect: 'Deny', Action: ['iam:*', 'organizations:*'], Resource: '*' }),
    { admin: true, allows: { 'iam:CreateUser arn:aws:iam::111122223333:user/x': false } },
  ),
  known(
    'everything, with a Deny on some resources',
    'a Deny of less breadth does not neutralise',
    policy(ADMIN, { Effect: 'Deny', Action: '*', Resource: ['arn:aws:iam::*', 'arn:aws:s3:::*', 'arn:aws:ec2:*'] }),
    { admin: true },
  ),
  known(
    'everything, with a Deny of all but S3',
    'a Deny with NotAction that leaves no IAM is as broad',
    policy(ADMIN, { Effect: 'Deny', NotAction: 's3:*', Resource: '*' }),
    { admin: false, allows: { 's3:GetObject arn:aws:s3:::b/k': true } },
  ),
  known(
    'everything, with a Deny of all but some of IAM',
    'a Deny with NotAction that leaves some IAM is not as broad',
    policy(ADMIN, { Effect: 'Deny', NotAction: ['iam:CreateUser', 'iam:Put*'], Resource: '*' }),
    { admin: true },
  ),
  known(
    'everything, with a Deny on all but one bucket',
    'a Deny with NotResource that leaves no IAM is as broad',
    policy(ADMIN, { Effect: 'Deny', Action: '*', NotResource: `${BUCKET}/*` }),
    { admin: false },
  ),
  known(
    'everything, with a Deny on all but the own user',
    'a variable may be any user',
    policy(ADMIN, { Effect: 'Deny', Action: '*', NotResource: 'arn:aws:iam::*:user/${aws:username}' }),
    { admin: true, allows: { 'iam:CreateAccessKey arn:aws:iam::111122223333:user/x': true } },
  ),
  known('a Deny of everything alone', LOGIC, policy({ Effect: 'Deny', Action: '*', Resource: '*' }), { admin: false }),
];

const evaluations: readonly Known[] = [
  known(
    'the own access keys',
    'IAM: allows users to manage their own credentials',
    policy(identity({ Action: 'iam:*AccessKey*', Resource: 'arn:aws:iam::*:user/${aws:username}' })),
    { allows: { 'iam:CreateAccessKey arn:aws:iam::111122223333:user/x': false } },
  ),
  known(
    'a resource pattern that reaches over slashes and colons',
    'IAM JSON policy elements: Resource',
    policy(identity({ Action: 'logs:*', Resource: 'arn:aws:logs:*:*:log-group:/aws/*' })),
    { allows: { 'logs:PutLogEvents arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/x:log-stream:a/b': true } },
  ),
  known(
    'a question mark is one character',
    'IAM JSON policy elements: Resource',
    policy(identity({ Action: 's3:Pu?Object', Resource: 'arn:aws:s3:::b/?' })),
    { allows: { 's3:PutObject arn:aws:s3:::b/k': true, 's3:PutObject arn:aws:s3:::b/kk': false } },
  ),
  known(
    'resources keep their letter case',
    'IAM JSON policy elements: Resource',
    policy(identity({ Action: 'IAM:getuser', Resource: 'arn:aws:iam::111122223333:user/Bob' })),
    {
      allows: {
        'iam:GetUser arn:aws:iam::111122223333:user/Bob': true,
        'iam:GetUser arn:aws:iam::111122223333:user/bob': false,
      },
    },
  ),
  known(
    'a star that is meant literally',
    'IAM policy elements: Variables and tags, special characters',
    policy(identity({ Action: 's3:GetObject', Resource: 'arn:aws:s3:::b/${*}${?}${$}' })),
    { allows: { 's3:GetObject arn:aws:s3:::b/*?$': true, 's3:GetObject arn:aws:s3:::b/xx$': false } },
  ),
  known(
    'a Deny wins',
    LOGIC,
    policy(identity({ Action: 's3:*', Resource: '*' }), {
      Effect: 'Deny',
      Action: 's3:Delete*',
      Resource: `${BUCKET}/*`,
    }),
    {
      allows: {
        's3:DeleteObject arn:aws:s3:::records/k': false,
        's3:DeleteObject arn:aws:s3:::others/k': true,
        's3:GetObject arn:aws:s3:::records/k': true,
        'ec2:RunInstances arn:aws:ec2:eu-west-1:1:instance/i-1': false,
      },
    },
  ),
  known(
    'a Deny that spares some actions and resources',
    'IAM JSON policy elements: NotAction with Deny',
    policy(ADMIN, { Effect: 'Deny', NotAction: ['s3:*', 'sts:*'], NotResource: 'arn:aws:ec2:*' }),
    {
      allows: {
        's3:GetObject arn:aws:s3:::records/k': true,
        'iam:GetUser arn:aws:iam::111122223333:user/x': false,
        'ec2:RunInstances arn:aws:ec2:eu-west-1:1:instance/i-1': true,
      },
    },
  ),
  known(
    'PassRole under a condition',
    'conditions of an Allow are not evaluated',
    policy(
      identity({
        Action: 'iam:PassRole',
        Resource: '*',
        Condition: { StringEquals: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
      }),
    ),
    { allows: { 'iam:PassRole arn:aws:iam::111122223333:role/x': true } },
  ),
];

const TLS = 'Amazon S3: enforce encryption of data in transit';
const VERSION_12 = { NumericLessThan: { 's3:TlsVersion': 1.2 } };
const tls: readonly Known[] = [
  known('no plain requests', TLS, policy(deny({})), { tls: true, minimumTls: 1 }),
  known('a boolean', GRAMMAR, policy(deny({ Condition: { Bool: { 'aws:SecureTransport': false } } })), { tls: true }),
  known('a list', GRAMMAR, policy(deny({ Condition: { Bool: { 'aws:SecureTransport': ['false'] } } })), { tls: true }),
  known(
    'the key in other letter case',
    CONDITION,
    policy(deny({ Condition: { bool: { 'AWS:SECURETRANSPORT': 'False' } } })),
    { tls: true },
  ),
  known('if it exists', TLS, policy(deny({ Condition: { BoolIfExists: { 'aws:SecureTransport': 'false' } } })), {
    tls: true,
  }),
  known('an exact list of principals', TLS, policy(deny({ Principal: { AWS: ['*'] } })), { tls: true }),
  known('one account only', TLS, policy(deny({ Principal: { AWS: OTHER } })), { tls: false }),
  known('all but one account', TLS, policy(deny({ Principal: undefined, NotPrincipal: { AWS: OTHER } })), {
    tls: false,
  }),
  known('the wrong way round', TLS, policy(deny({ Condition: { Bool: { 'aws:SecureTransport': 'true' } } })), {
    tls: false,
  }),
  known(
    'an Allow with TLS',
    TLS,
    policy(deny({ Effect: 'Allow', Condition: { Bool: { 'aws:SecureTransport': true } } })),
    {
      tls: false,
    },
  ),
  known('all actions', TLS, policy(deny({ Action: '*' })), { tls: true }),
  known('all actions of S3 in capitals', TLS, policy(deny({ Action: ['S3:*'] })), { tls: true }),
  known('only reading', TLS, policy(deny({ Action: 's3:GetObject*' })), { tls: false }),
  known('all but other services', TLS, policy(deny({ Action: undefined, NotAction: 'ec2:*' })), { tls: true }),
  known('all but reading', TLS, policy(deny({ Action: undefined, NotAction: 's3:Get*' })), { tls: false }),
  known('only the objects', TLS, policy(deny({ Resource: `${BUCKET}/*` })), { tls: false }),
  known('only the bucket', TLS, policy(deny({ Resource: BUCKET })), { tls: false }),
  known('only some objects', TLS, policy(deny({ Resource: [BUCKET, `${BUCKET}/a/*`] })), { tls: false }),
  known('another bucket', TLS, policy(deny({ Resource: ['arn:aws:s3:::other', 'arn:aws:s3:::other/*'] })), {
    tls: false,
  }),
  known('one pattern for both', TLS, policy(deny({ Resource: `${BUCKET}*` })), { tls: true }),
  known('all resources', TLS, policy(deny({ Resource: '*' })), { tls: true }),
  known('all but another bucket', TLS, policy(deny({ Resource: undefined, NotResource: 'arn:aws:s3:::other*' })), {
    tls: true,
  }),
  known('all but some objects', TLS, policy(deny({ Resource: undefined, NotResource: `${BUCKET}/public/*` })), {
    tls: false,
  }),
  known(
    'bucket and objects in two statements',
    TLS,
    policy(deny({ Sid: 'Bucket', Resource: BUCKET }), deny({ Sid: 'Objects', Resource: `${BUCKET}/*` })),
    { tls: true },
  ),
  known(
    'a further condition narrows the Deny',
    TLS,
    policy(
      deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' }, StringEquals: { 'aws:SourceVpc': 'vpc-0a1b' } } }),
    ),
    { tls: false },
  ),
  known(
    'an old TLS version and no TLS in one statement never come together',
    TLS,
    policy(deny({ Condition: { Bool: { 'aws:SecureTransport': 'false' }, ...VERSION_12 } })),
    { tls: false, minimumTls: 1 },
  ),
  known('no old TLS versions', TLS, policy(deny({ Condition: VERSION_12 })), { tls: false, minimumTls: 1.2 }),
  known('neither', TLS, policy(deny({}), deny({ Condition: VERSION_12 })), { tls: true, minimumTls: 1.2 }),
  known('only TLS 1.3', TLS, policy(deny({ Condition: { NumericLessThan: { 'S3:TLSVERSION': ['1.3'] } } })), {
    minimumTls: 1.3,
  }),
  known('up to TLS 1.1', TLS, policy(deny({ Condition: { NumericLessThanEquals: { 's3:TlsVersion': '1.1' } } })), {
    minimumTls: 1.2,
  }),
  known('old versions by name', TLS, policy(deny({ Condition: { NumericEquals: { 's3:TlsVersion': [1, '1.1'] } } })), {
    minimumTls: 1.2,
  }),
  known(
    'new versions are denied, old ones are not',
    TLS,
    policy(deny({ Condition: { NumericGreaterThan: { 's3:TlsVersion': 1.2 } } })),
    { minimumTls: 1 },
  ),
  known('a Deny of all requests', LOGIC, policy(deny({ Condition: undefined })), {
    tls: true,
    minimumTls: Number.POSITIVE_INFINITY,
  }),
];

const text = (document: object) => JSON.stringify(document);
const forms: readonly Known[] = [
  known('JSON text', GRAMMAR, text(policy(ADMIN)), { admin: true }),
  known(
    'percent-encoded text',
    'IAM API: policy documents are encoded (RFC 3986)',
    encodeURIComponent(text(policy(ADMIN))),
    {
      admin: true,
    },
  ),
  known(
    'percent-encoding in lower case',
    'RFC 3986: hexadecimal digits',
    encodeURIComponent(text(policy(ADMIN))).replace(/%../g, (code) => code.toLowerCase()),
    { admin: true },
  ),
  known('a byte order mark', 'RFC 8259: parsers may ignore it', `\uFEFF${text(policy(ADMIN))}\n`, { admin: true }),
  known('an encoded byte order mark', 'RFC 8259', encodeURIComponent(`\uFEFF ${text(policy(ADMIN))}`), { admin: true }),
  known(
    'names in lower case',
    'names are read in any letter case',
    text({ statement: [{ effect: 'Allow', action: '*', resource: '*' }] }),
    {
      admin: true,
    },
  ),
  known('no Version', 'IAM JSON policy elements: Version', { Statement: [ADMIN] }, { admin: true }),
  known('a number for a Sid', GRAMMAR, policy({ ...ADMIN, Sid: 7 }), { admin: true }),
  known('an Id', GRAMMAR, { Id: 'x', Statement: ADMIN }, { admin: true }),
  known(
    'an unknown Version',
    'IAM JSON policy elements: Version',
    { Version: '2024-01-01', Statement: [] },
    {
      unreadable: 'Version is neither 2008-10-17 nor 2012-10-17',
    },
  ),
  known('an Effect in lower case', 'IAM JSON policy elements: Effect', policy({ ...ADMIN, Effect: 'allow' }), {
    unreadable: 'statement 1 Effect is neither Allow nor Deny',
  }),
  known('no Effect', GRAMMAR, policy(ADMIN, { Action: '*', Resource: '*' }), { unreadable: 'statement 2 Effect' }),
  known('no Action', GRAMMAR, policy({ Effect: 'Allow', Resource: '*' }), {
    unreadable: 'neither Action nor NotAction',
  }),
  known('Action and NotAction', GRAMMAR, policy({ ...ADMIN, NotAction: 's3:*' }), {
    unreadable: 'both Action and NotAction',
  }),
  known('Resource and NotResource', GRAMMAR, policy({ ...ADMIN, NotResource: 'x' }), {
    unreadable: 'both Resource and NotResource',
  }),
  known('Principal and NotPrincipal', GRAMMAR, policy({ ...ADMIN, Principal: '*', NotPrincipal: '*' }), {
    unreadable: 'both Principal and NotPrincipal',
  }),
  known('an unknown element', GRAMMAR, policy({ ...ADMIN, Conditions: {} }), {
    unreadable: 'unknown element "Conditions"',
  }),
  known(
    'an unknown element of the document',
    GRAMMAR,
    { Statements: [] },
    { unreadable: 'unknown element "Statements"' },
  ),
  known('an unknown type of principal', GRAMMAR, policy(queue({ Principal: { Group: 'x' } })), {
    unreadable: 'unknown type "Group"',
  }),
  known('a principal that is a number', GRAMMAR, policy(queue({ Principal: 7 })), {
    unreadable: 'Principal is not an object',
  }),
  known('no Statement', GRAMMAR, { Version: '2012-10-17' }, { unreadable: 'has no Statement' }),
  known('a Statement that is a text', GRAMMAR, { Statement: 'x' }, { unreadable: 'statement 1 is not an object' }),
  known('an element twice', 'Grammar: no multiple instances of the same key', '{"Statement":[],"Statement":[]}', {
    unreadable: 'twice',
  }),
  known(
    'a condition operator twice',
    'Grammar: no multiple instances of the same key',
    text(policy({ ...ADMIN, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })).replace(
      '"Bool"',
      '"Bool":{},"Bool"',
    ),
    { unreadable: 'twice' },
  ),
  known(
    'an element twice in two letter cases',
    'Grammar: no multiple instances of the same key',
    policy({ ...ADMIN, effect: 'Deny' }),
    {
      unreadable: 'has Effect twice',
    },
  ),
  known(
    'a condition key twice in two letter cases',
    'AWS does not say which one counts',
    policy({ ...ADMIN, Condition: { StringEquals: { 'aws:SourceVpc': 'a', 'aws:sourcevpc': 'b' } } }),
    { unreadable: 'twice' },
  ),
  known('a list in a list', GRAMMAR, policy({ ...ADMIN, Action: [['*']] }), {
    unreadable: 'neither a string nor a list of strings',
  }),
  known('null for a value', GRAMMAR, policy({ ...ADMIN, Condition: { Bool: { 'aws:SecureTransport': null } } }), {
    unreadable: 'neither a string, a number nor a boolean',
  }),
  known('a condition that is a text', GRAMMAR, policy({ ...ADMIN, Condition: 'x' }), {
    unreadable: 'Condition is not an object',
  }),
  known('a list for a document', GRAMMAR, '[]', { unreadable: 'the document is not an object' }),
  known('an empty text', GRAMMAR, ' \n', { unreadable: 'the text is empty' }),
  known('text that is no JSON', GRAMMAR, '{"Statement":', { unreadable: 'not JSON' }),
  known('broken percent-encoding', 'RFC 3986', '%7B%ZZ', { unreadable: 'percent-encoding is broken' }),
  known('JSON in JSON', GRAMMAR, JSON.stringify(text(policy(ADMIN))), { unreadable: 'the document is not an object' }),
];

export const CORPUS: readonly Known[] = [
  ...principals,
  ...pins,
  ...services,
  ...trusts,
  ...buckets,
  ...admins,
  ...evaluations,
  ...tls,
  ...forms,
];
