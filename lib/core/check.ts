import type { Check, FacetName, Json, Params, Severity, TypeName, Use, Uses, Verdict } from './model.ts';

/** A param that is true by default can be set to false. */
type Widened<P> = { readonly [A in keyof P]: P[A] extends boolean ? boolean : P[A] };
type Draft<T extends TypeName, K extends string, U, P> = Omit<
  Check<T, K, U, Widened<P>>,
  'resource' | 'needs' | 'uses' | 'params' | 'variants'
> & {
  readonly resource: T | readonly T[];
  readonly needs?: readonly K[];
  readonly uses?: U;
  readonly params?: P;
  readonly variants?: readonly string[];
};

/** Declares a check. The file name is the id; the declaration is the documentation; `evaluate` is pure. */
export function check<
  const T extends TypeName,
  const K extends FacetName<T> = never,
  U extends Uses = {},
  P extends Params = {},
>(draft: Draft<T, K, U, P>): Check<T, K, U, Widened<P>> {
  const resource = typeof draft.resource === 'string' ? [draft.resource] : draft.resource;
  return { needs: [], uses: {} as U, variants: [''], ...draft, resource, params: (draft.params ?? {}) as Widened<P> };
}

/** Asks for other resources of a type, with the named facets. */
export function table<T extends TypeName, const F extends readonly FacetName<T>[]>(
  type: T,
  ...facets: F
): Use<T, F[number]> {
  return { type, facets };
}

export const pass = (message: string, evidence?: Json): Verdict => verdict('PASS', message, evidence);
export const fail = (message: string, evidence?: Json): Verdict => verdict('FAIL', message, evidence);
/** For what was read but cannot be judged. What could not be read needs no code: the engine answers UNKNOWN by itself. */
export const unknown = (message: string): Verdict => verdict('UNKNOWN', message);
export const skip = (message: string): Verdict => verdict('SKIP', message);

/** Moves the severity of a verdict away from the check's own; the reason goes into the message. */
export function rated(severity: Severity, reason: string, verdict: Verdict): Verdict {
  return { ...verdict, severity, message: `${verdict.message} (${severity}: ${reason})` };
}

function verdict(status: Verdict['status'], message: string, evidence?: Json): Verdict {
  return evidence === undefined ? { status, message } : { status, message, evidence };
}
