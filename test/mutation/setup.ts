import fc from 'fast-check';

/** The same examples for each mutant, and the first failure is enough. */
fc.configureGlobal({ seed: 1, numRuns: 25, endOnFailure: true });
