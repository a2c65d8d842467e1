import { required } from '../../lib/core/knowledge.ts';
import type { Table, View } from '../../lib/core/model.ts';
import type { PrefixListEntries } from '../../lib/network/model.ts';

export type PrefixLists = Table<View<'AWS::EC2::PrefixList', 'entries'>>;

/** The CIDRs of a prefix list by its id; a list that cannot be seen ends the check as UNKNOWN. */
export function entriesIn(prefixLists: PrefixLists): PrefixListEntries {
  return (id) => required(prefixLists.get(id), `prefix list ${id}`).entries;
}
