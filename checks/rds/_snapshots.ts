/** Why a snapshot is shared with nobody: RDS shares manual snapshots alone, once they are complete, and with everybody only in plain. */
export function whyNotShareable({ snapshotType, status }: { snapshotType: string; status: string }): string {
  if (snapshotType !== 'manual') return `${snapshotType} snapshots cannot be shared`;
  if (status !== 'available') return `the snapshot is ${status}`;
  return 'snapshots that are encrypted with a key in KMS cannot be public';
}
