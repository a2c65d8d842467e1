import type { GetAlternateContactRequest, GetAlternateContactResponse } from '@aws-sdk/client-account';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';
import type { Context } from './context.ts';

export const account = {
  GetAlternateContact(input: GetAlternateContactRequest, context: Context): Described<GetAlternateContactResponse> {
    const { AlternateContacts } = context.account;
    const contact = AlternateContacts.find((one) => one.AlternateContactType === input.AlternateContactType);
    if (!contact) throw new AwsError(404, 'ResourceNotFoundException', 'No contact of the inquired type found.');
    return { AlternateContact: contact };
  },
};
