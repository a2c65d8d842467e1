import type { Table, View } from '../../lib/core/model.ts';

/** Does the password policy bind nobody? The param says whether that excuses it. */
export function isMoot(
  params: { readonly skipWithoutConsoleUsers: boolean },
  users: Table<View<'AWS::IAM::User', 'credentials'>>,
): boolean {
  return params.skipWithoutConsoleUsers && !users.some(({ credentials }) => credentials.passwordEnabled);
}

type Policy = View<'AWS::::Account', 'passwordPolicy'>['passwordPolicy'];

/** The kinds of characters that passwords may lack. IAM's own default asks for three of four, so none of them is sure. */
export function optionalClasses(policy: Policy): readonly string[] {
  const required = {
    symbols: policy?.requireSymbols,
    numbers: policy?.requireNumbers,
    'uppercase letters': policy?.requireUppercaseCharacters,
    'lowercase letters': policy?.requireLowercaseCharacters,
  };
  return Object.entries(required).flatMap(([name, isRequired]) => (isRequired ? [] : [name]));
}
