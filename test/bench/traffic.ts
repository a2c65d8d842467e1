import { latencyOf, type Profile } from '../emulator/profile.ts';
import type { LoggedRequest } from '../emulator/server.ts';

/** What the requests of one run say about the least time that they could have taken. */
export interface Traffic {
  /** All round trips one after the other, in ms. */
  readonly roundTrips: number;
  /** 'service:Operation' -> number of calls, without those that were throttled and made again. */
  readonly calls: Readonly<Record<string, number>>;
  readonly services: Readonly<Record<string, ServiceTraffic>>;
}
export interface ServiceTraffic {
  readonly throttled: number;
  /** The most answers of one operation to one account in one Region. */
  readonly busiest: number;
  /** When the last answer was sent, in ms since the first request of the run. */
  readonly finished: number;
}

export function trafficOf(requests: readonly LoggedRequest[], profile: Profile): Traffic {
  const first = requests[0]?.time ?? 0;
  const answered = requests.filter(({ isThrottled }) => !isThrottled);
  const calls = Object.entries(Object.groupBy(answered, ({ service, operation }) => `${service}:${operation}`));
  const services = Object.entries(Object.groupBy(requests, ({ service }) => service));
  return {
    roundTrips: requests.reduce((sum, { region }) => sum + latencyOf(profile, region), 0),
    calls: Object.fromEntries(calls.map(([name, own]) => [name, own!.length])),
    services: Object.fromEntries(services.map(([service, own]) => [service, of(own!, first)])),
  };
}

function of(requests: readonly LoggedRequest[], first: number): ServiceTraffic {
  const answered = requests.filter(({ isThrottled }) => !isThrottled);
  const buckets = Map.groupBy(answered, ({ account, region, operation }) => `${account} ${region} ${operation}`);
  return {
    throttled: requests.length - answered.length,
    busiest: Math.max(0, ...Array.from(buckets.values(), (bucket) => bucket.length)),
    finished: requests.at(-1)!.time - first,
  };
}
