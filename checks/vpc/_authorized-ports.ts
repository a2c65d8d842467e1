import { fail, pass } from '../../lib/core/check.ts';
import type { Verdict } from '../../lib/core/model.ts';
import type { WorldLimits } from '../../lib/network/world.ts';
import { type Group, rateUse } from './_group-use.ts';
import type { Behind } from './_interfaces.ts';
import { type Balancers, listenerPorts, type Ports } from './_listeners.ts';
import { type Context, portsOpenBeyond } from './_world-ingress.ts';

/** Judges a group that opens more than the authorised ports: in front of load balancers, what they listen on is meant to be open. */
export function judgeBehind(
  behind: Behind,
  group: Group,
  authorized: Ports,
  context: Context<WorldLimits> & Balancers,
): Verdict {
  const listeners = behind === 'load balancers' ? listenerPorts(group.id, context) : { tcp: [], udp: [] };
  const allowed = { tcp: [...authorized.tcp, ...listeners.tcp], udp: [...authorized.udp, ...listeners.udp] };
  const beyond = portsOpenBeyond(allowed, group.ingress, context);
  if (!beyond) return pass('beside authorised ports, the internet reaches listeners of load balancers', listeners);
  const verdict = fail('the internet reaches ports that nobody has authorised', { ...beyond });
  return rateUse(behind === 'nothing' ? 'unattached' : 'attached', { unattached: 'low' }, verdict);
}
