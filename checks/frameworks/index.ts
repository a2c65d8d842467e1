import awsConfigRule from './aws-config-rule.json' with { type: 'json' };
import deployment from './checklists/deployment.json' with { type: 'json' };
import infrastructure from './checklists/infrastructure.json' with { type: 'json' };
import cisAws70 from './cis-aws-7.0.json' with { type: 'json' };
import fsbp from './fsbp.json' with { type: 'json' };
import gdpr from './gdpr.json' with { type: 'json' };
import hipaa from './hipaa.json' with { type: 'json' };
import iso270012022 from './iso27001-2022.json' with { type: 'json' };
import pciDss40 from './pci-dss-4.0.json' with { type: 'json' };
import plannedChecks from './planned.json' with { type: 'json' };
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

/** A security checklist as data: where each of its lines stands in the document, and what answers it. */
export interface Checklist {
  readonly id: string;
  readonly name: string;
  /** File name of the document that the line numbers count in. */
  readonly document: string;
  readonly lines: readonly ChecklistLine[];
}

/** One line of a checklist. */
interface ChecklistLine {
  /** Short name to speak of the line by, for good: A1. */
  readonly ref: string;
  readonly section: string;
  /** Line number in the document, from 1. */
  readonly line: number;
  /** The line that this one is a detail of. */
  readonly partOf?: string;
  /** What the line asks for, in our words; the document has its own. */
  readonly label: string;
  /** Where its answer comes from, the main source first: AWS API, Kubernetes API, attestation, ... */
  readonly routes: readonly string[];
  /** Ids of the checks that speak to it: those that exist, and those in `planned`. */
  readonly checks: readonly string[];
}

export const checklists: readonly Checklist[] = [infrastructure, deployment] as const;

/** Ids of checks that the checklists count on and that nobody has written yet: such a line is not wholly answered. */
export const planned: readonly string[] = plannedChecks;
