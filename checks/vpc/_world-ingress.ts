import { fail, pass } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import type { Severity, Verdict } from '../../lib/core/model.ts';
import type { Rule, Transport } from '../../lib/network/model.ts';
import { worldSources, worldSourcesOf, worldSourcesOfAllPorts } from '../../lib/network/rules.ts';
import { WORLD_LIMITS, type WorldLimits } from '../../lib/network/world.ts';
import {
  FOREIGN,
  type Group,
  type Interfaces,
  isAttached,
  isForeign,
  rateUse,
  UNATTACHED,
  useOf,
} from './_group-use.ts';
import { entriesIn, type PrefixLists } from '../../lib/network/tables.ts';

/** The params of all checks for the world: from where on sources are the world, and whether groups without interface count. */
export const WORLD_PARAMS = { ...WORLD_LIMITS, includeUnattached: true };

interface WorldParams extends WorldLimits {
  readonly includeUnattached: boolean;
}
interface PortParams extends WorldParams {
  readonly tcpPorts: readonly number[];
  readonly udpPorts?: readonly number[];
}
interface Context<P> {
  readonly params: P;
  readonly prefixLists: PrefixLists;
  readonly interfaces: Interfaces;
}

/** What of a group the world reaches (names for evidence), and from where. */
interface Opening {
  readonly open: string[];
  readonly sources: string[];
}

/** Judges a group by the ports of the params, none of which the world may reach. */
export function judgePorts(group: Group, context: Context<PortParams>, what: string, unattached: Severity): Verdict {
  if (isForeign(group)) return FOREIGN;
  const opening = portsOpenToWorld(group.ingress, context);
  if (!opening) return pass(`no rule lets the internet reach ${what}`);
  if (isLeftOut(group, context)) return UNATTACHED;
  return rateUse(
    useOf(group, context.interfaces),
    { unattached },
    fail(`the internet reaches ${what}`, { ...opening }),
  );
}

/** Do the params leave the group out, because no network interface uses it? */
export function isLeftOut(group: Group, { params, interfaces }: Context<WorldParams>): boolean {
  return !params.includeUnattached && !isAttached(group, interfaces);
}

function portsOpenToWorld(rules: readonly Rule[], { params, prefixLists }: Context<PortParams>): Opening | undefined {
  const candidate = (transport: Transport) => (port: number) => ({
    name: `${transport} ${port}`,
    sources: () => worldSources(rules, transport, port, entriesIn(prefixLists), params),
  });
  return openingOf([...params.tcpPorts.map(candidate('tcp')), ...(params.udpPorts ?? []).map(candidate('udp'))]);
}

/** The transports of which the world reaches every port. */
export function allPortsOpenToWorld(
  rules: readonly Rule[],
  { params, prefixLists }: Context<WorldLimits & { readonly allPortsMinWidth: number }>,
): Opening | undefined {
  const candidate = (name: Transport) => ({
    name,
    sources: () => worldSourcesOfAllPorts(rules, name, params.allPortsMinWidth, entriesIn(prefixLists), params),
  });
  return openingOf([candidate('tcp'), candidate('udp')]);
}

/** IP in IP (IPv4 and IPv6) and GRE: other traffic travels inside, past what rules say of ports. */
const TUNNELS = ['4', '41', '47'];

/** The tunnel protocols that the world reaches. */
export function tunnelsOpenToWorld(
  rules: readonly Rule[],
  { params, prefixLists }: Context<WorldLimits>,
): Opening | undefined {
  const candidates = TUNNELS.map((protocol) => ({
    name: `protocol ${protocol}`,
    sources: () =>
      worldSourcesOf(
        rules.filter((rule) => rule.protocol === protocol),
        entriesIn(prefixLists),
        params,
      ),
  }));
  return openingOf(candidates);
}

function openingOf(candidates: readonly { name: string; sources: () => string[] }[]): Opening | undefined {
  const open = witnesses(candidates, ({ sources }) => sources().length > 0);
  if (open.length === 0) return undefined;
  return { open: open.map(({ name }) => name), sources: [...new Set(open.flatMap(({ sources }) => sources()))] };
}
