import { jsonText } from '../report/text.ts';
import { verifiedText } from '../report/verified.ts';
import { type Outcome, verify } from '../run/verify.ts';
import { openStore } from '../store/open.ts';
import { type CredentialOptions, credentialsOf } from './options.ts';
import type { Product } from './program.ts';
import { runIn } from '../run/runs.ts';
import { adjustedChecks, configOf, placeOf, startRegion, waiversOf } from './scope.ts';

interface VerifyOptions extends CredentialOptions {
  readonly in?: string;
  readonly run?: string;
  readonly config?: string;
  readonly waivers?: string;
  readonly json?: boolean;
}

const EXIT_CODES: Readonly<Record<Outcome, number>> = { passes: 0, gone: 0, fails: 1, unknown: 2 };

/** Judges one finding anew, prints it before and after, and answers with the exit code. */
export async function verifyCommand(id: string, options: VerifyOptions, product: Product): Promise<number> {
  const config = await configOf(options.config, product.checks);
  const store = await openStore(placeOf(options.in, config));
  const now = () => new Date();
  const region = startRegion();
  const verified = await verify({
    store,
    run: await runIn(store, options.run),
    id,
    checks: adjustedChecks(product.checks, config),
    resources: await product.resources(),
    credentials: await credentialsOf(options, region),
    region,
    waivers: await waiversOf(options.waivers, config, product.checks, now()),
    now,
  });
  process.stdout.write(options.json ? `${jsonText(verified, 2)}\n` : verifiedText(verified));
  return EXIT_CODES[verified.outcome];
}
