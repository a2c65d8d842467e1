import { fail, pass, rated, unknown } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import type { Verdict } from '../../lib/core/model.ts';
import { ageInDays } from '../../lib/core/time.ts';

interface Certified {
  readonly certificateAuthority: string;
  /** The end of the server certificate; null where AWS tells nothing of it. */
  readonly certificateEnds: string | null;
  /** `ends` is null where RDS does not offer the authority any more. */
  readonly authority: { readonly ends: string | null } | null;
  readonly release: { readonly rotatesCertificates: boolean | null } | null;
}

/** Judges the end of the authority and of the server certificate; RDS renews the latter where the engine need not restart for it. */
export function expiry(instance: Certified, warnDays: number, now: Date): Verdict {
  const { certificateAuthority: name, certificateEnds: own } = instance;
  const ends = instance.authority?.ends ?? null;
  const evidence = { certificateAuthority: name, authorityEnds: ends, certificateEnds: own };
  const daysOf = (end: string | null) => (end === null ? Infinity : -ageInDays(end, now));
  const [authorityDays, ownDays] = [daysOf(ends), daysOf(own)];
  if (ends === null) return byTime(ownDays, fail(`RDS does not offer ${name} any more`, evidence));
  if (authorityDays < warnDays) {
    const isRenewed = ifKnown(() => instance.release?.rotatesCertificates, null) !== false;
    const days = isRenewed ? authorityDays : Math.min(authorityDays, ownDays);
    return byTime(days, fail(`${name} ends at ${ends}`, evidence));
  }
  if (ownDays >= warnDays) return pass(`no certificate ends within ${warnDays} days`, evidence);
  const isRenewed = instance.release?.rotatesCertificates ?? null;
  if (isRenewed === null) return unknown(`the certificate ends at ${own}; AWS does not tell whether RDS renews it`);
  if (isRenewed) return pass(`the certificate ends at ${own}, and RDS renews it`, evidence);
  return byTime(ownDays, fail(`the certificate ends at ${own}`, evidence));
}

function byTime(daysLeft: number, verdict: Verdict): Verdict {
  if (daysLeft <= 0) return rated('critical', 'it has ended', verdict);
  return daysLeft < 30 ? rated('high', 'within 30 days', verdict) : verdict;
}
