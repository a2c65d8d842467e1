/** Terminated instances stay in the list for an hour. */
export function isTerminated({ state }: { readonly state: string }): boolean {
  return state === 'terminated' || state === 'shutting-down';
}
