const STATES: Readonly<Record<string, string>> = {
  failed: 'failed',
  unknown: 'not judged',
  waived: 'accepted risk',
  resolved: 'resolved',
};
const CHANGES: Readonly<Record<string, string>> = {
  unwaived: 'no longer waived',
  unseen: 'no longer seen',
  waived: 'newly accepted',
};
const MANAGERS = ['', 'AWS', 'an AWS service', 'the landing zone'];

export const stateWord = (state: string): string => STATES[state] ?? state;
export const changeWord = (change: string): string => CHANGES[change] ?? change;
export const managerWord = (code: number): string => MANAGERS[code] ?? '';
