import { required } from '../../lib/core/knowledge.ts';

/** What a version of a launch template says of the instance metadata service; null where it says nothing. */
export interface LaunchVersion {
  readonly number: number;
  readonly httpTokens: string | null;
  readonly httpEndpoint: string | null;
  /** An AMI, or a parameter (resolve:ssm:...) that names one at launch. */
  readonly image: string | null;
}

/** What the account says for launches in a region; null for no preference. */
export interface ImdsDefaults {
  readonly httpTokens: string | null;
  readonly httpEndpoint: string | null;
  readonly httpTokensEnforced: string | null;
}

/** What an AMI says of IMDSv2; null where that is not known. */
export type ImdsSupport = 'v2.0' | 'none' | null;

/** Does the version say itself that its instances refuse IMDSv1? */
export function isSafeAlone({ httpTokens, httpEndpoint }: LaunchVersion): boolean {
  return httpTokens === 'required' || httpEndpoint === 'disabled';
}

/**
 * How launches end that a version leaves open. Each option is settled for itself: by the launch, else by the account's default, and
 * tokens else by the AMI; enforcement comes last, and stops launches without tokens.
 */
export function settle(version: LaunchVersion, account: ImdsDefaults): 'safe' | 'weak' | 'by the AMI' {
  const isOff = (version.httpEndpoint ?? account.httpEndpoint) === 'disabled';
  if (isOff || account.httpTokensEnforced === 'enabled') return 'safe';
  const tokens = version.httpTokens ?? account.httpTokens;
  if (tokens === null) return 'by the AMI';
  return tokens === 'required' ? 'safe' : 'weak';
}

/** Would instances answer IMDSv1? Asks for the account's defaults, and for what the AMI says, only where they matter. */
export function answersV1(version: LaunchVersion, account: () => ImdsDefaults, support: () => ImdsSupport): boolean {
  if (isSafeAlone(version)) return false;
  const end = settle(version, account());
  if (end !== 'by the AMI') return end === 'weak';
  return required(support() ?? undefined, `what ${version.image ?? 'the AMI of the launch'} says of IMDSv2`) !== 'v2.0';
}
