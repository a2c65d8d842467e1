import block from '../../../checks/ec2/ec2-ami-block-public-access.ts';
import { cases } from '../../support/cases.ts';

const settings = (state: string) => ({ imageBlockPublicAccess: { state, managedBy: 'account' as const } });

cases(block, {
  pass: [
    {
      name: 'new sharing is blocked, which is all that there is',
      resource: settings('block-new-sharing'),
      evidence: { state: 'block-new-sharing', managedBy: 'account' },
    },
  ],
  fail: [
    { name: 'not blocked', resource: settings('unblocked'), evidence: { state: 'unblocked', managedBy: 'account' } },
  ],
});
