import { check, fail, pass, table } from '../../lib/core/check.ts';
import { ROUTING } from '../vpc/_routing.ts';
import { publicLaunches } from './_public-launches.ts';

export default check({
  id: 'ec2-launch-template-no-public-ip',
  title: 'Launch templates and launch configurations ask for no public address',
  severity: 'medium',
  why: 'Every instance that an auto scaling group adds stands on the internet from its first second.',
  fix: 'aws ec2 create-launch-template-version --launch-template-id <template-id> --source-version <version> --launch-template-data file://<without-public-address.json>',
  resource: ['AWS::EC2::LaunchTemplate', 'AWS::AutoScaling::LaunchConfiguration'],
  needs: ['inUse'],
  uses: { ...ROUTING, interfaces: table('AWS::EC2::NetworkInterface') },
  evaluate(source, network) {
    if (source.type === 'AWS::AutoScaling::LaunchConfiguration') {
      const { publicIp, inUse } = source;
      if (!publicIp) return pass('no public address is asked for', { publicIp });
      return fail('a public address is asked for', { publicIp, groups: inUse });
    }
    const launches = publicLaunches(source, network);
    if (launches.length === 0) return pass('no version in use asks for a public address');
    const versions = new Set(launches.map(({ version }) => version));
    return fail(`version ${[...versions].join(', ')} asks for a public address`, { launches });
  },
});
