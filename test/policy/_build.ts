import { parsePolicy, type Policy, type Statement } from '../../lib/policy/document.ts';

/** The parts that a test leaves out: a queue's policy for everyone. */
const DEFAULTS = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' };

/** What a statement has in place of the defaults. */
export type Part = Readonly<Record<string, unknown>>;

/** A policy of statements that differ from an Allow of sqs:SendMessage to everyone; undefined takes a part away. */
export function policyOf(...parts: Part[]): Policy {
  return parsePolicy({ Version: '2012-10-17', Statement: parts.map((part) => ({ ...DEFAULTS, ...part })) });
}

/** One such statement. */
export function statementOf(part: Part): Statement {
  return policyOf(part).statements[0]!;
}
