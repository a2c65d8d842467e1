import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { grantsFullAdmin } from '../../lib/policy/admin.ts';
import { isPublicBucketPolicy } from '../../lib/policy/bucket.ts';
import { parsePolicy, type Policy } from '../../lib/policy/document.ts';
import { allows } from '../../lib/policy/evaluate.ts';
import { exposures, publicStatements, trustedAccounts } from '../../lib/policy/exposure.ts';
import { deniesWithoutTls, minimumTlsVersion } from '../../lib/policy/transport.ts';
import { BUCKET, ORGANIZATION, OTHER, OWN } from './corpus.ts';

const scope = { account: OWN, organization: ORGANIZATION };
const OBJECT = `${BUCKET}/a`;

function listOf(...values: string[]): fc.Arbitrary<string[]> {
  return fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 });
}
const action = listOf(
  '*',
  '*:*',
  's3:*',
  'iam:*',
  's3:Get*',
  's3:GetObject',
  'IAM:createuser',
  'a*',
  'ec2:*',
  'organizations:*',
);
const resource = listOf(
  '*',
  'arn:aws:*',
  BUCKET,
  `${BUCKET}/*`,
  `${BUCKET}*`,
  'arn:aws:iam::*',
  'arn:aws:s3:::${aws:username}',
);
const principal = fc.record(
  {
    AWS: listOf('*', OWN, OTHER, 'arn:aws:iam::*:root', 'AROAJQABLZS4A3QDU576Q'),
    Service: listOf('sns.amazonaws.com', 'ec2.amazonaws.com'),
    Federated: listOf('accounts.google.com', `arn:aws:iam::${OWN}:saml-provider/x`),
  },
  { requiredKeys: [] },
);
const operator = fc.constantFrom(
  'StringEquals',
  'StringLike',
  'StringNotEquals',
  'StringEqualsIfExists',
  'ForAllValues:StringLike',
  'ForAnyValue:StringLike',
  'ArnLike',
  'Bool',
  'IpAddress',
  'NumericLessThan',
);
const key = fc.constantFrom(
  'aws:SourceAccount',
  'aws:PrincipalOrgID',
  'aws:SourceArn',
  'aws:SourceIp',
  'aws:SecureTransport',
  's3:TlsVersion',
);
const values = listOf(OWN, OTHER, ORGANIZATION, '*', BUCKET, '192.0.2.0/24', '0.0.0.0/0', 'false', 'true', '1.2');
const condition = fc.dictionary(operator, fc.dictionary(key, values, { minKeys: 1, maxKeys: 2 }), { maxKeys: 2 });
const either = (name: string, value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    value.map((value) => ({ [name]: value })),
    value.map((value) => ({ [`Not${name}`]: value })),
  );
const body = fc
  .tuple(either('Action', action), either('Resource', resource), either('Principal', principal), condition)
  .map(([action, resource, principal, Condition]) => ({ ...action, ...resource, ...principal, Condition }));
const statement = fc
  .tuple(fc.constantFrom('Allow', 'Deny'), body)
  .map(([Effect, body]): Record<string, unknown> => ({ Effect, ...body }));
const statements = fc.array(statement, { maxLength: 4 });
const documentOf = (Statement: readonly unknown[]) => ({ Version: '2012-10-17', Statement });

/** What is worse when it is true. */
const WIDE = ['public', 'admin', 'reads', 'creates'] as const;

/** All that can be asked of a policy, without the places of statements. */
function judge(policy: Policy) {
  return {
    public: isPublicBucketPolicy(policy),
    admin: grantsFullAdmin([policy]).isGranted,
    reads: allows([policy], 's3:GetObject', OBJECT),
    creates: allows([policy], 'iam:CreateUser', `arn:aws:iam::${OWN}:user/x`),
    tls: deniesWithoutTls(policy, BUCKET).isDenied,
    minimum: minimumTlsVersion(policy, BUCKET),
    kinds: exposures(policy, scope)
      .map(({ exposure }) => JSON.stringify({ ...exposure, statement: '' }))
      .toSorted(),
    accounts: trustedAccounts(policy, scope)
      .map(({ account }) => account)
      .toSorted(),
  };
}

describe('laws of policies', () => {
  it('a further Deny never widens anything', () => {
    fc.assert(
      fc.property(statements, body, (list, body) => {
        const before = judge(parsePolicy(documentOf(list)));
        const denied = parsePolicy(documentOf([...list, { Effect: 'Deny', ...body }]));
        const after = judge(denied);
        expect(WIDE.filter((name) => after[name] && !before[name])).toEqual([]);
        expect(after.tls || !before.tls).toBe(true);
        expect(after.minimum).toBeGreaterThanOrEqual(before.minimum);
        expect(after.kinds).toEqual(before.kinds);
      }),
    );
  });

  it('a further Allow never narrows anything', () => {
    fc.assert(
      fc.property(statements, body, (list, body) => {
        const before = judge(parsePolicy(documentOf(list)));
        const after = judge(parsePolicy(documentOf([...list, { Effect: 'Allow', ...body }])));
        expect(WIDE.filter((name) => before[name] && !after[name])).toEqual([]);
        expect(after.kinds).toEqual(expect.arrayContaining(before.kinds));
        expect(after.accounts).toEqual(expect.arrayContaining(before.accounts));
      }),
    );
  });

  it('the order of statements and of values changes nothing', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(judge(parsePolicy(documentOf(list.map(reversed).toReversed())))).toEqual(
          judge(parsePolicy(documentOf(list))),
        );
      }),
    );
  });

  it('a list of one is the same as its value', () => {
    fc.assert(
      fc.property(statements, (list) => {
        expect(parsePolicy(documentOf(list.map(unlisted)))).toEqual(parsePolicy(documentOf(list)));
      }),
    );
  });

  it('text, encoded text, and the parsed value are the same', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const text = JSON.stringify(documentOf(list));
        const expected = parsePolicy(documentOf(list));
        expect(parsePolicy(text)).toEqual(expected);
        expect(parsePolicy(encodeURIComponent(text))).toEqual(expected);
        expect(parsePolicy(strictlyEncoded(text))).toEqual(expected);
      }),
    );
  });

  it('policies apart say the same as one policy of all of their statements', () => {
    fc.assert(
      fc.property(statements, statements, (one, other) => {
        const apart = [parsePolicy(documentOf(one)), parsePolicy(documentOf(other))];
        const together = [parsePolicy(documentOf([...one, ...other]))];
        expect(grantsFullAdmin(apart).isGranted).toBe(grantsFullAdmin(together).isGranted);
        expect(allows(apart, 's3:GetObject', OBJECT)).toBe(allows(together, 's3:GetObject', OBJECT));
      }),
    );
  });

  it('whoever has everything may do each thing', () => {
    fc.assert(
      fc.property(statements, (list) => {
        const policy = parsePolicy(documentOf(list.filter(({ Effect }) => Effect === 'Allow')));
        const { isGranted, grantedBy } = grantsFullAdmin([policy]);
        expect(grantedBy.length > 0).toBe(isGranted);
        expect(!isGranted || allows([policy], 'iam:DeleteRole', `arn:aws:iam::${OWN}:role/x`)).toBe(true);
      }),
    );
  });

  it('public statements are among the exposed ones, and a condition that says nothing changes none', () => {
    fc.assert(
      fc.property(statement, (one) => {
        const kind = (Condition: unknown) =>
          publicStatements(parsePolicy(documentOf([{ ...one, Condition }])), scope).length;
        expect(kind({ ...(one['Condition'] as object), StringNotLike: { 'aws:SourceArn': 'x' } })).toBe(
          kind(one['Condition']),
        );
      }),
    );
  });
});

describe('hostile documents', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
    withNullPrototype: true,
  });
  it('are read or refused with an Error, as text', () => {
    const near = fc.json().map((text) => `{"Statement":${text}}`);
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), near, fc.string().map(encodeURIComponent)), (text) => {
        expect(outcomeOf(text)).toMatch(OUTCOME);
      }),
      { numRuns: 1000 },
    );
  });

  it('are read or refused with an Error, as values', () => {
    const element = fc.constantFrom(
      'Sid',
      'Effect',
      'Action',
      'NotAction',
      'Resource',
      'Principal',
      'Condition',
      '__proto__',
      'toString',
    );
    const near = fc.dictionary(element, fc.oneof(anything, fc.constant('Allow')));
    fc.assert(
      fc.property(
        fc.oneof(fc.object(), fc.record({ Statement: fc.oneof(anything, near, fc.array(near)) })),
        (value) => {
          expect(outcomeOf(value)).toMatch(OUTCOME);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('may nest deep', () => {
    for (const open of ['[', '{"Statement":[', '{"Statement":{"Effect":"Allow","Action":"*","Principal":[']) {
      const close = open.includes('[') ? ']' : '';
      const text = `${open}${'['.repeat(200_000)}${']'.repeat(200_000)}${close}`;
      expect(() => parsePolicy(text)).toThrow(/^policy document: /);
      expect(() => parsePolicy(`${text}${open.includes('Effect') ? '}}' : '}'}`)).toThrow(/^policy document: /);
    }
  });
});

/** Anything else than an Error of ours is a defect. */
const OUTCOME = /^(?:read|Error: policy document: )/;
function outcomeOf(document: string | object): string {
  try {
    return `read ${parsePolicy(document).statements.length}`;
  } catch (error) {
    return String(error);
  }
}

/** Encodes each character, as RFC 3986 allows. */
function strictlyEncoded(text: string): string {
  return [...new TextEncoder().encode(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** The same value with each list and each map the other way round. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed).toReversed();
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([key, inner]) => [key, reversed(inner)] as const)
      .toReversed(),
  );
}

/** The same value with each list of one in place of its value. */
function unlisted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? value[0] : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unlisted(inner)] as const));
}
