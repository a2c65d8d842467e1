import { Unknown } from '../core/view.ts';
import { parsePolicy, type Policy } from './document.ts';

/** A policy that AWS holds, as `operation` ('kms:GetKeyPolicy') told it. A document that cannot be read is unknown. */
export function storedPolicy(text: string, operation: string): Policy {
  try {
    return parsePolicy(text);
  } catch (error) {
    throw new Unknown({ reason: 'failed', operation, detail: (error as Error).message });
  }
}
