import type { Decision } from '../run/gate.ts';

/** 1: it fails. 2: it may fail, for all that could be seen. */
export const EXIT_CODES: Readonly<Record<Decision['result'], number>> = { pass: 0, fail: 1, inconclusive: 2 };
