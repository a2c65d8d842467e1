import { fail } from '../../lib/core/check.ts';
import { required, witnesses } from '../../lib/core/knowledge.ts';
import type { Verdict, View } from '../../lib/core/model.ts';
import type { LaunchInterface } from './_public-launches.ts';

/** What a launch says of the instance metadata service; null where it says nothing. */
export interface LaunchOptions {
  readonly httpTokens: string | null;
  readonly httpEndpoint: string | null;
  /** An AMI, or a parameter (resolve:ssm:...) that names one at launch. */
  readonly image: string | null;
}
/** A version of a launch template. */
export interface LaunchVersion extends LaunchOptions {
  readonly number: number;
  readonly interfaces: readonly LaunchInterface[];
}

/** What the account says for launches in a region; null for no preference. */
export interface ImdsDefaults {
  readonly httpTokens: string | null;
  readonly httpEndpoint: string | null;
  readonly httpTokensEnforced: string | null;
}

/** What an AMI says of IMDSv2; null where that is not known. */
export type ImdsSupport = 'v2.0' | 'none' | null;

/** Does the launch say itself that its instances refuse IMDSv1? */
export function isSafeAlone({ httpTokens, httpEndpoint }: LaunchOptions): boolean {
  return httpTokens === 'required' || httpEndpoint === 'disabled';
}

/**
 * How launches end that leave something open. Each option is settled for itself: by the launch, else by the account's default, and
 * tokens else by the AMI; enforcement comes last, and stops launches without tokens.
 */
export function settle(launch: LaunchOptions, account: ImdsDefaults): 'safe' | 'weak' | 'by the AMI' {
  const isOff = (launch.httpEndpoint ?? account.httpEndpoint) === 'disabled';
  if (isOff || account.httpTokensEnforced === 'enabled') return 'safe';
  const tokens = launch.httpTokens ?? account.httpTokens;
  if (tokens === null) return 'by the AMI';
  return tokens === 'required' ? 'safe' : 'weak';
}

/** What somebody may launch. */
export interface Launch<V extends LaunchOptions = LaunchVersion> {
  readonly version: V;
  /** Asked only where the AMI decides. */
  readonly support: () => ImdsSupport;
  /** The auto scaling groups that launch it. */
  readonly groups: readonly string[];
}

type Launches<V extends LaunchOptions> = () => readonly Launch<V>[];

/** What may be launched from a template: its default and its latest version, and what auto scaling groups name. */
export function launchesOf(template: View<'AWS::EC2::LaunchTemplate', 'imdsSupport' | 'inUse'>) {
  return {
    ofDefault: () => [{ version: template.defaultVersion, support: () => template.imdsSupport.ofDefault, groups: [] }],
    ofLatest: () => [{ version: template.latestVersion, support: () => template.imdsSupport.ofLatest, groups: [] }],
    inUse: () => {
      return template.inUse.map((used) => ({ version: used, support: () => used.imdsSupport, groups: used.groups }));
    },
  };
}

/**
 * The launches whose instances would answer IMDSv1, from several lists. What is not known, a list or a launch, matters only when
 * there is none. Asks for the account's defaults only where they matter.
 */
export function weakLaunches<V extends LaunchOptions>(
  lists: readonly Launches<V>[],
  account: () => ImdsDefaults,
): Launch<V>[] {
  const weakIn = (list: Launches<V>) => witnesses(list(), (launch) => answersV1(launch, account));
  return witnesses(lists, (list) => weakIn(list).length > 0).flatMap(weakIn);
}

function answersV1({ version, support }: Launch<LaunchOptions>, account: () => ImdsDefaults): boolean {
  if (isSafeAlone(version)) return false;
  const end = settle(version, account());
  if (end !== 'by the AMI') return end === 'weak';
  return required(support() ?? undefined, `what ${version.image ?? 'the AMI of the launch'} says of IMDSv2`) !== 'v2.0';
}

/** The verdict on launches whose instances answer IMDSv1, by the versions of their template. */
export function failWeak(launches: readonly Launch[]): Verdict {
  const numbers = new Set(launches.map(({ version }) => version.number));
  const evidence = launches.map(({ version: { number, httpTokens, httpEndpoint, image }, groups }) => {
    return { number, httpTokens, httpEndpoint, image, groups };
  });
  return fail(`instances launched from version ${[...numbers].join(', ')} answer IMDSv1`, { launches: evidence });
}
