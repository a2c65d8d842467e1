/** A mistake of the caller's: its message says what is wrong, where, and what to do; nobody needs a stack. */
export class UserError extends Error {}
