import { membersOf, scalarsOf, unreadable } from './elements.ts';

/** One test of a statement. The tests of a statement are AND-ed, the values of a test are OR-ed. */
export type Condition = {
  /** In lower case, without set operator and IfExists: 'stringequals', 'ipaddress', 'null'. */
  readonly operator: string;
  /** 'all' for ForAllValues, 'any' for ForAnyValue. */
  readonly set?: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** The condition key in lower case. Key names are not case-sensitive (IAM JSON policy elements: Condition). */
  readonly key: string;
  readonly values: readonly string[];
  /** Operator and key as the document writes them: 'StringEquals aws:SourceVpc'. For evidence. */
  readonly text: string;
};

const SETS = [
  ['forallvalues:', 'all'],
  ['foranyvalue:', 'any'],
] as const;
const IF_EXISTS = 'ifexists';
const NEGATED = /^(?:(?:string|arn|numeric|date)not|notipaddress$)/;
const TEXT_OPERATORS: ReadonlySet<string> = new Set([
  'stringequals',
  'stringequalsignorecase',
  'stringlike',
  'arnequals',
  'arnlike',
]);
/** In the context of each request, anonymous ones included (AWS global condition context keys: Availability). */
const ALWAYS_PRESENT = 'aws:principalaccount';

/** Reads a Condition element: operators, their keys, and values of any scalar type. Throws an Error for any other shape. */
export function readConditions(value: unknown, place: string): readonly Condition[] {
  const conditions: Condition[] = [];
  const seen = new Set<string>();
  for (const [name, tests] of membersOf(value, place)) {
    const operator = readOperator(name);
    for (const [key, values] of membersOf(tests, `${place} ${name}`)) {
      const text = `${name} ${key}`;
      // AWS does not say which of two tests counts that differ in letter case alone.
      if (seen.has(text.toLowerCase())) throw unreadable(place, `tests ${JSON.stringify(text)} twice`);
      seen.add(text.toLowerCase());
      conditions.push({ ...operator, key: key.toLowerCase(), values: scalarsOf(values, `${place} ${text}`), text });
    }
  }
  return conditions;
}

/** Does the condition compare text for equality or likeness (String... and Arn... operators that are not negated)? */
export function comparesText(condition: Condition): boolean {
  return TEXT_OPERATORS.has(condition.operator);
}

/** Is this one of the Not... operators, which also match a request without the key? */
export function isNegated(condition: Condition): boolean {
  return NEGATED.test(condition.operator);
}

/**
 * Does the condition match only requests that carry the key, with one of the values? Not so for negated operators, Null,
 * ForAllValues (true for an absent key), and IfExists on a key that may be absent.
 */
export function isFirm(condition: Condition): boolean {
  if (isNegated(condition) || condition.operator === 'null' || condition.set === 'all') return false;
  return !condition.ifExists || condition.key === ALWAYS_PRESENT;
}

/** The conditions that bind a key (in lower case) to some of their values, as `isFirm` says. For claims of web identities. */
export function bindings(conditions: readonly Condition[], key: string): readonly Condition[] {
  return conditions.filter((condition) => condition.key === key && comparesText(condition) && isFirm(condition));
}

function readOperator(name: string): Pick<Condition, 'operator' | 'set' | 'ifExists'> {
  const folded = name.toLowerCase();
  const [prefix, set] = SETS.find(([prefix]) => folded.startsWith(prefix)) ?? ['', undefined];
  const ifExists = folded.endsWith(IF_EXISTS);
  return { operator: folded.slice(prefix.length, ifExists ? -IF_EXISTS.length : undefined), set, ifExists };
}
