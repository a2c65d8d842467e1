import { latencyOf, type Profile } from '../emulator/profile.ts';
import type { Traffic } from './traffic.ts';

/** The least time that a run can take, in seconds, by each of the things that hold it up (lib/aws/pacing.ts, and the design's formula). */
export interface Floor {
  /** Calls that wait for one another: the account, its Regions, a list, what is asked of its items; connecting takes two round trips. */
  readonly path: number;
  /** The busiest operation, at the rate that AWS, or Ronda's own half of EC2's, lets it go. */
  readonly rate: number;
  /** All round trips, at as many at a time as Ronda makes. */
  readonly inFlight: number;
  /** What the SDK alone costs on this machine, for so many calls, on one core. */
  readonly cpu: number;
}

const STEPS = { home: 2, connect: 2, away: 2 } as const;
const IN_FLIGHT = 192;
const OWN_PACE = { ec2: [50, 10] } as const;

export function floorOf(traffic: Traffic, profile: Profile, calls: number, millisecondsPerCall: number): Floor {
  const home = latencyOf(profile, 'us-east-1');
  const farthest = Math.max(home, ...FAR.map((region) => latencyOf(profile, region)));
  return {
    path:
      (home * (STEPS.connect + STEPS.home) + farthest * (STEPS.away + (farthest > home ? STEPS.connect : 0))) / 1000,
    rate: Math.max(
      0,
      ...Object.entries(traffic.services).map(([service, { busiest }]) => rate(service, busiest, profile)),
    ),
    inFlight: traffic.roundTrips / IN_FLIGHT / 1000,
    cpu: (calls * millisecondsPerCall) / 1000,
  };
}

const FAR = ['ap-southeast-2', 'sa-east-1', 'eu-west-1'];

function rate(service: string, calls: number, { throttle }: Profile): number {
  const given = typeof throttle === 'object' ? [throttle[service] ?? throttle['*']!] : [];
  const own = service === 'ec2' ? [OWN_PACE.ec2] : [];
  return Math.max(0, ...[...given, ...own].map(([burst, perSecond]) => (calls - burst) / perSecond));
}

export const least = (floor: Floor): number => Math.max(...Object.values(floor));
