/** Is the key to be deleted? A primary key waits for its replicas first. Nothing can be decrypted with it from here on. */
export function isPendingDeletion({ state }: { readonly state: string }): boolean {
  return state === 'PendingDeletion' || state === 'PendingReplicaDeletion';
}
