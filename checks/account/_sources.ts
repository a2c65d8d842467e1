import { AccountClient, type AlternateContactType, GetAlternateContactCommand } from '@aws-sdk/client-account';
import { each } from '../../lib/aws/answer.ts';
import { type Aws, service, source } from '../../lib/aws/operations.ts';

const getAlternateContact = service(AccountClient).call(GetAlternateContactCommand, 'account:GetAlternateContact', {
  absent: ['ResourceNotFoundException'],
});

interface Contact {
  /** Null: it has no address. */
  readonly emailDomain: string | null;
  /** BILLING, OPERATIONS: the contacts that have the same address. */
  readonly sameEmailAs: readonly string[];
}

/**
 * The account's alternate contact for security, or null where none is registered. Who it is must not be kept: no more than the
 * domain of the address, and which other contacts have the same one.
 */
export const securityContact = source([getAlternateContact], async (aws): Promise<Contact | null | undefined> => {
  const answer = await aws.call(getAlternateContact, { AlternateContactType: 'SECURITY' });
  if (!answer) return null;
  if (!answer.AlternateContact) return undefined;
  const email = folded(answer.AlternateContact.EmailAddress);
  // Every contact is registered with an address (Account Management API: PutAlternateContact).
  if (email === undefined) return undefined;
  if (email === '') return { emailDomain: null, sameEmailAs: [] };
  const sameEmailAs = await othersWith(email, aws);
  return sameEmailAs && { emailDomain: email.slice(email.lastIndexOf('@') + 1), sameEmailAs };
});

/** Undefined where an answer lacked the address of another contact. */
async function othersWith(
  email: string,
  aws: Aws<readonly [typeof getAlternateContact]>,
): Promise<string[] | undefined> {
  const types: readonly AlternateContactType[] = ['BILLING', 'OPERATIONS'];
  const others = types.map(async (AlternateContactType) => {
    const answer = await aws.call(getAlternateContact, { AlternateContactType });
    if (!answer) return [];
    const other = folded(answer.AlternateContact?.EmailAddress);
    if (other === undefined) return undefined;
    return other === email ? [AlternateContactType] : [];
  });
  return each(await Promise.all(others), (same) => same)?.flat();
}

function folded(email: string | undefined): string | undefined {
  return email?.trim().toLowerCase();
}
