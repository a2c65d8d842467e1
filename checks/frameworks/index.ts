import awsConfigRule from './aws-config-rule.json' with { type: 'json' };
import cisAws70 from './cis-aws-7.0.json' with { type: 'json' };
import fsbp from './fsbp.json' with { type: 'json' };
import gdpr from './gdpr.json' with { type: 'json' };
import hipaa from './hipaa.json' with { type: 'json' };
import iso270012022 from './iso27001-2022.json' with { type: 'json' };
import pciDss40 from './pci-dss-4.0.json' with { type: 'json' };
import soc2 from './soc2.json' with { type: 'json' };

/** A compliance framework as data: each requirement with the ids of the checks that speak to it. */
export interface Framework {
  readonly id: string;
  readonly name: string;
  readonly requirements: Readonly<Record<string, readonly string[]>>;
}

export const frameworks: readonly Framework[] = [
  awsConfigRule,
  cisAws70,
  fsbp,
  gdpr,
  hipaa,
  iso270012022,
  pciDss40,
  soc2,
] as const;
