import { areNarrow } from './address.ts';
import { type Condition, comparesText, isFirm, isNegated } from './condition.ts';
import { accountOfArn, isAccountId } from './principal.ts';
import { isFixed } from './wildcard.ts';

/**
 * What a condition fixes about the caller. All that it lets in is in the lists; `elsewhere` says that it also lets in callers who
 * are fixed by something else than an account or an organization: a network, or a resource whose ARN names no account.
 */
export type Pin = {
  readonly condition: Condition;
  readonly accounts: readonly string[];
  readonly organizations: readonly string[];
  readonly elsewhere: boolean;
};

/** Stands in the lists of a pin for the account or organization that owns the resource, which the document names by variable. */
export const OWN = 'own';

type Facts = Omit<Pin, 'condition'>;
type Reader = (value: string, condition: Condition) => Facts | undefined;

const ELSEWHERE: Facts = { accounts: [], organizations: [], elsewhere: true };
const OWN_ACCOUNT = '${aws:resourceaccount}';
const OWN_ORGANIZATION = '${aws:resourceorgid}';

/** The keys that name who calls, or on whose behalf, and how each value of theirs is read. Any other key pins nothing. */
const READERS: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['aws:principalaccount', readAccount],
  ['aws:sourceaccount', readAccount],
  ['aws:sourceowner', readAccount],
  ['kms:calleraccount', readAccount],
  ['s3:dataaccesspointaccount', readAccount],
  ['aws:principalarn', readPrincipalArn],
  ['aws:sourcearn', readSourceArn],
  ['aws:principalorgid', readOrganization],
  ['aws:sourceorgid', readOrganization],
  ['aws:principalorgpaths', readOrganizationPath],
  ['aws:sourceorgpaths', readOrganizationPath],
  ['aws:sourcevpc', readNetwork],
  ['aws:sourcevpce', readNetwork],
]);

/** The keys that bound who may assume a role. aws:SourceIp is not among them: it restricts the place, not the identity. */
export const TRUST_KEYS: ReadonlySet<string> = new Set([
  'aws:principalorgid',
  'aws:principalorgpaths',
  'aws:principalaccount',
  'aws:principalarn',
  'aws:sourcevpce',
  'aws:sourcevpc',
]);

/** The keys that say on whose behalf an AWS service calls (The confused deputy problem). */
export const SOURCE_KEYS: ReadonlySet<string> = new Set([
  'aws:sourceaccount',
  'aws:sourcearn',
  'aws:sourceorgid',
  'aws:sourceorgpaths',
]);

/**
 * Does the condition fix the caller? It does when it is firm (see `isFirm`), compares for equality or likeness (aws:SourceIp:
 * IpAddress), and each of its values is fixed where it matters: a wildcard inside of the resource part of an ARN is harmless.
 */
export function readPin(condition: Condition): Pin | undefined {
  if (!isFirm(condition)) return undefined;
  const facts = readFacts(condition);
  return facts && { condition, ...facts };
}

/**
 * The callers that a negated condition spares, when it fixes them: 'StringNotEquals aws:PrincipalOrgID o-a1b2c3d4e5' in a Deny
 * leaves that organization alone. A request without the key is denied, unless ForAnyValue asks for it.
 */
export function readExemption(condition: Condition): Pin | undefined {
  if (!isNegated(condition) || condition.set === 'any') return undefined;
  const facts = readFacts({ ...condition, operator: condition.operator.replace('not', '') });
  return facts && { condition, ...facts };
}

function readFacts(condition: Condition): Facts | undefined {
  const { key, operator, values } = condition;
  if (values.length === 0) return undefined;
  if (key === 'aws:sourceip') return operator === 'ipaddress' && areNarrow(values) ? ELSEWHERE : undefined;
  const read = READERS.get(key);
  if (!read || !comparesText(condition)) return undefined;
  const all: Facts[] = [];
  for (const value of values) {
    const facts = read(value, condition);
    if (!facts) return undefined;
    all.push(facts);
  }
  return {
    accounts: all.flatMap(({ accounts }) => accounts),
    organizations: all.flatMap(({ organizations }) => organizations),
    elsewhere: all.some(({ elsewhere }) => elsewhere),
  };
}

function readAccount(value: string): Facts | undefined {
  if (value.toLowerCase() === OWN_ACCOUNT) return account(OWN);
  return isAccountId(value) ? account(value) : undefined;
}

function readPrincipalArn(value: string, { operator }: Condition): Facts | undefined {
  const id = accountOfArn(value);
  // For string operators a star or variable reaches over colons, and the path of anyone's role may hold ':iam::111122223333:role/'.
  const isLoose = operator.startsWith('string') && value.split(':', 4).some((field) => /\*|\$\{/.test(field));
  return id === undefined || isLoose ? undefined : account(id);
}

function readSourceArn(value: string): Facts | undefined {
  const id = accountOfArn(value);
  if (id !== undefined) return account(id);
  return isLiteralArn(value) || isBucketArn(value) ? ELSEWHERE : undefined;
}

function readOrganization(value: string): Facts | undefined {
  if (value.toLowerCase() === OWN_ORGANIZATION) return organization(OWN);
  return isFixed(value) ? organization(value) : undefined;
}

/** Organization ids are globally unique, those of roots and units are not: a path pins by its first field, 'o-a1b2c3d4e5/'. */
function readOrganizationPath(value: string): Facts | undefined {
  const [id = ''] = value.split('/', 1);
  return id.length < value.length && isFixed(id) ? organization(id) : undefined;
}

function readNetwork(value: string): Facts | undefined {
  return isFixed(value) ? ELSEWHERE : undefined;
}

/** An ARN without any wildcard is one resource of one owner, even where it names no account (hosted zones, REST APIs). */
function isLiteralArn(value: string): boolean {
  return value.startsWith('arn:') && value.split(':').length >= 6 && isFixed(value);
}

/** The ARN of a bucket names no account, but a literal bucket name is one bucket: 'arn:aws:s3:::b', 'arn:aws:s3:*:*:b'. */
function isBucketArn(value: string): boolean {
  const [prefix, , service, region, , resource = '', ...rest] = value.split(':');
  if (prefix !== 'arn' || service !== 's3' || rest.length > 0) return false;
  const [bucket = ''] = resource.split('/', 1);
  // With a region, a resource with a slash is an access point or a job: their names are not unique.
  return isFixed(bucket) && (region === '' || bucket === resource);
}

function account(id: string): Facts {
  return { accounts: [id], organizations: [], elsewhere: false };
}

function organization(id: string): Facts {
  return { accounts: [], organizations: [id], elsewhere: false };
}
