/** Terminated instances stay in the list for an hour. */
export function isTerminated({ state }: { readonly state: string }): boolean {
  return state === 'terminated' || state === 'shutting-down';
}

const EKS_TAGS = ['aws:eks:cluster-name', 'eks:cluster-name'];
/** Amazon ECS puts it on what its capacity providers manage. */
const ECS_TAG = 'AmazonECSManaged';
const KUBERNETES_TAG = 'kubernetes.io/cluster/';

/** Do the tags say that the instance runs containers? */
export function isContainerHost({ tags = {} }: { readonly tags?: Readonly<Record<string, string>> }): boolean {
  return Object.keys(tags).some((key) => EKS_TAGS.includes(key) || key === ECS_TAG || key.startsWith(KUBERNETES_TAG));
}

/** What AWS writes at the end of the reason when somebody has stopped an instance; there is no field for it. */
const STOPPED_AT = /\((\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) GMT\)$/;

/** The instant that the reason of an instance's state names, in ISO 8601; undefined for a reason without one. */
export function instantIn(stateTransitionReason: string): string | undefined {
  const [, day, time] = STOPPED_AT.exec(stateTransitionReason) ?? [];
  return day && `${day}T${time}Z`;
}
