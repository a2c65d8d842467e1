import {
  type AwsSecurityFinding,
  BatchImportFindingsCommand,
  type BatchImportFindingsCommandOutput,
  SecurityHubClient,
} from '@aws-sdk/client-securityhub';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { findingsAsff } from '../report/asff.ts';
import { worstFirst } from '../report/digest.ts';
import type { Imported, Refusal } from './imported.ts';
import type { Report, StoredFinding } from './model.ts';

export interface SecurityHubOptions {
  /** Where Security Hub keeps the findings of all regions: findings are imported into one region. */
  readonly region: string;
  /** Of the findings' own account: nobody else may import under its default product. The default chain, if none are given. */
  readonly credentials?: AwsCredentialIdentityProvider | undefined;
  readonly page?: string | undefined;
  readonly deadline?: AbortSignal | undefined;
}

/** AWS Security Hub API reference, BatchImportFindings, and its user guide, "Creating and updating findings": 6 MB for a call. */
const BATCH_MAX = 100;
const BATCH_BYTES_MAX = 6_000_000;
/** Ten calls a second and bursts of thirty are allowed; the SDK slows down when it is told to. */
const ATTEMPTS = 8;
const TIMEOUTS = { connectionTimeout: 3_000, requestTimeout: 30_000, throwOnRequestTimeout: true };
/** These speak of one batch; whatever else is wrong is wrong for all. */
const OF_ONE_BATCH = new Set(['InvalidInputException', 'ValidationException']);

/**
 * Hands on what fails, what changed and what is resolved, worst first; of an organization, what the account of the run has of it, since
 * Security Hub takes findings from their own account alone. It throws nothing: what went wrong is in its answer.
 */
export function toSecurityHub({
  region,
  credentials,
  page,
  deadline,
}: SecurityHubOptions): (report: Report) => Promise<Imported> {
  const client = new SecurityHubClient({
    region,
    ...(credentials && { credentials }),
    retryMode: 'adaptive',
    maxAttempts: ATTEMPTS,
    requestHandler: TIMEOUTS,
    customUserAgent: [['ronda']],
  });
  const send = async (Findings: AwsSecurityFinding[]) =>
    client.send(new BatchImportFindingsCommand({ Findings }), { ...(deadline && { abortSignal: deadline }) });
  return async (report) => {
    const own = ownOf(report);
    const open = worstFirst(own.findings.filter(isOfInterest));
    try {
      const findings = findingsAsff({ ...own, findings: open }, { region, page });
      return await importAll(batchesOf(findings), send, deadline);
    } catch (error) {
      return { imported: 0, refused: [], notSent: { findings: open.length, reason: String(error) } };
    }
  };
}

/** What a run over an organization says of the account of the run. */
function ownOf({ header, findings }: Report): Report {
  const { home } = header.scope;
  if (home === undefined) return { header, findings };
  return {
    header: { ...header, accounts: header.accounts.filter(({ account }) => account === home) },
    findings: findings.filter(({ resource }) => resource.account === home),
  };
}

/** Besides what fails: what changed, and what failed before and cannot be seen now, so that it is not taken for forgotten. */
function isOfInterest({ status, change, firstSeen }: StoredFinding): boolean {
  return status === 'FAIL' || change !== undefined || (status === 'UNKNOWN' && firstSeen !== undefined);
}

/** As many findings a call as it may have, by number and by bytes. */
export function batchesOf(findings: readonly AwsSecurityFinding[]): AwsSecurityFinding[][] {
  const batches: AwsSecurityFinding[][] = [];
  let room = 0;
  for (const finding of findings) {
    const size = Buffer.byteLength(JSON.stringify(finding)) + 1;
    const last = batches.at(-1);
    if (last && last.length < BATCH_MAX && size <= room) {
      last.push(finding);
      room -= size;
    } else {
      batches.push([finding]);
      // The rest is for the frame around them.
      room = BATCH_BYTES_MAX - 1_000 - size;
    }
  }
  return batches;
}

type Send = (
  batch: AwsSecurityFinding[],
) => Promise<Pick<BatchImportFindingsCommandOutput, 'SuccessCount' | 'FailedFindings'>>;

async function importAll(
  batches: readonly AwsSecurityFinding[][],
  send: Send,
  deadline: AbortSignal | undefined,
): Promise<Imported> {
  let imported = 0;
  const refused: Refusal[] = [];
  for (const [index, batch] of batches.entries()) {
    try {
      deadline?.throwIfAborted();
      const answer = await importBatch(batch, send);
      imported += answer.imported;
      refused.push(...answer.refused);
    } catch (error) {
      const { name, message } = error as Error;
      const findings = batches.slice(index).flat().length;
      const reason = deadline?.aborted ? 'the time was up' : `${name}: ${message}`;
      return { imported, refused, notSent: { findings, reason } };
    }
  }
  return { imported, refused };
}

async function importBatch(batch: AwsSecurityFinding[], send: Send): Promise<Omit<Imported, 'notSent'>> {
  try {
    const { SuccessCount: imported = 0, FailedFindings = [] } = await send(batch);
    const refused = FailedFindings.map(({ Id, ErrorCode, ErrorMessage }) =>
      refusalOf(Id, ErrorCode ?? 'no code', ErrorMessage ?? 'no message'),
    );
    const uncounted = Math.max(0, batch.length - imported - refused.length);
    return { imported, refused: [...refused, ...Array.from({ length: uncounted }, () => UNCOUNTED)] };
  } catch (error) {
    const { name, message } = error as Error;
    if (!OF_ONE_BATCH.has(name)) throw error;
    return { imported: 0, refused: batch.map(({ Id }) => refusalOf(Id, name, message)) };
  }
}

const refusalOf = (id = 'unknown', code: string, message: string): Refusal => ({ id, code, message });
/** What the answer counts neither as taken nor as refused is not known to be taken. */
const UNCOUNTED: Refusal = refusalOf(undefined, 'uncounted', 'the answer does not count it');
