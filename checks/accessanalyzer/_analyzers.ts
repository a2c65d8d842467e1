/** Does an analyzer look for access from outside? Those for unused and for internal access are of other kinds. */
export function looksOutside({ kind }: { readonly kind: string }): boolean {
  return kind === 'ACCOUNT' || kind === 'ORGANIZATION';
}
