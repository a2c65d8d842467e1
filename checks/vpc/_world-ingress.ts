import { fail, pass } from '../../lib/core/check.ts';
import { witnesses } from '../../lib/core/knowledge.ts';
import type { Severity, Verdict } from '../../lib/core/model.ts';
import type { Rule, Transport } from '../../lib/network/model.ts';
import type { PortRange } from '../../lib/network/ports.ts';
import { portParts, worldSources, worldSourcesOf, worldSourcesOfAllPorts } from '../../lib/network/rules.ts';
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
export interface Context<P> {
  readonly params: P;
  readonly prefixLists: PrefixLists;
  readonly interfaces: Interfaces;
}

/** What the world may reach, asked for its sources. */
interface Candidate {
  readonly sources: () => string[];
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
export function isLeftOut(
  group: Group,
  { params, interfaces }: Pick<Context<Pick<WorldParams, 'includeUnattached'>>, 'params' | 'interfaces'>,
): boolean {
  return !params.includeUnattached && !isAttached(group, interfaces);
}

function portsOpenToWorld(rules: readonly Rule[], { params, prefixLists }: Context<PortParams>): Opening | undefined {
  const candidate = (transport: Transport) => (port: number) => ({
    name: `${transport} ${port}`,
    sources: () => worldSources(rules, transport, port, entriesIn(prefixLists), params),
  });
  return openingOf([...params.tcpPorts.map(candidate('tcp')), ...(params.udpPorts ?? []).map(candidate('udp'))]);
}

/** Does the world reach one of these TCP ports, of those that the params name? */
export function isOpenOn(ports: readonly number[], group: Group, context: Context<PortParams>): boolean {
  const tcpPorts = context.params.tcpPorts.filter((port) => ports.includes(port));
  return (
    portsOpenToWorld(group.ingress, { ...context, params: { ...context.params, tcpPorts, udpPorts: [] } }) !== undefined
  );
}

/** The ranges of ports that the world reaches beyond those that it may reach. */
export function portsOpenBeyond(
  allowed: Readonly<Record<Transport, readonly number[]>>,
  rules: readonly Rule[],
  { params, prefixLists }: Context<WorldLimits>,
): Opening | undefined {
  const candidates = (['tcp', 'udp'] as const).flatMap((transport) =>
    portParts(rules, transport, allowed[transport])
      .filter(({ from }) => !allowed[transport].includes(from))
      .map((part) => ({
        transport,
        part,
        sources: () => worldSources(rules, transport, part.from, entriesIn(prefixLists), params),
      })),
  );
  const open = witnesses(candidates, ({ sources }) => sources().length > 0);
  const rangesOf = (transport: Transport) =>
    joined(open.filter((one) => one.transport === transport).map(({ part }) => part)).map(
      ({ from, to }) => `${transport} ${from === to ? from : `${from}-${to}`}`,
    );
  return openingWith([...rangesOf('tcp'), ...rangesOf('udp')], open);
}

/** Ranges in order, where one ends as the next begins taken as one. */
function joined(ranges: readonly PortRange[]): PortRange[] {
  const whole: PortRange[] = [];
  for (const range of ranges) {
    const last = whole.at(-1);
    if (last && last.to + 1 === range.from) whole.splice(-1, 1, { from: last.from, to: range.to });
    else whole.push(range);
  }
  return whole;
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

function openingOf(candidates: readonly (Candidate & { readonly name: string })[]): Opening | undefined {
  const open = witnesses(candidates, ({ sources }) => sources().length > 0);
  return openingWith(
    open.map(({ name }) => name),
    open,
  );
}

function openingWith(names: string[], open: readonly Candidate[]): Opening | undefined {
  if (open.length === 0) return undefined;
  return { open: names, sources: [...new Set(open.flatMap(({ sources }) => sources()))] };
}
