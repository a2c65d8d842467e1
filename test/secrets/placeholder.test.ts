import { expect, it } from 'vitest';
import { isLiteral, isPlaceholder } from '../../lib/secrets/placeholder.ts';

it.each([
  ...['$1', '$PASSWORD', '${PASSWORD}', 'a-${PASSWORD}', 'a-$(command)', 'a-$PASSWORD', 'a-`command`'],
  ...[
    'a-{{ password }}',
    'password }}',
    '{{ password',
    'a-%{ if x }',
    'a-%(password)s',
    'a-#{password}',
    'a-<%= password %>',
  ],
  ...['<password>', '<password', '[password]', '{password}', '%PASSWORD%', '@PASSWORD@', '__PASSWORD__'],
  ...[
    'arn:aws:ssm:eu-west-1:111122223333:parameter/a',
    'resolve:ssm:/a:1',
    'ssm:a-1',
    'secretsmanager:a-1',
    'vault:a#1',
    'env:A1',
  ],
  ...['op://vault/item/field', '!Ref', '/run/secrets/a', '~/.a/b', './a', '../a'],
  ...['x', '0000', 'abc***def', 'abcxxxxdef', 'ABCXXXXDEF', 'abc...', 'abc…'],
  ...['changeme', 'change-it', 'change_this-1', 'replaceme', 'replace-with-token', 'replace_this', 'insert-token-here'],
  ...['your-token', 'your_own', 'yourpassword', 'yoursecret', 'yourtoken', 'yourkey', 'your-1'],
  ...['a-placeholder-1', 'redacted-1', 'EXAMPLE1', 'dummy1'],
  ...[
    'none',
    'null',
    'nil',
    'undefined',
    'True',
    'false',
    'yes',
    'no',
    'on',
    'off',
    'default',
    'empty',
    'required',
    'optional',
  ],
  ...['enabled', 'disabled', 'TODO', 'fixme', 'tbd', 'string', 'text'],
])('%s stands in place of a secret', (value) => {
  expect(isPlaceholder(value)).toBe(true);
  expect(isLiteral(value)).toBe(false);
});

it.each([
  ...[
    'correcthorse',
    'hunter2',
    '!abc1',
    'pa$$1',
    'p$1w',
    'a%b',
    'a#b',
    'a{b}',
    '{a}b',
    'a<b>',
    'a[b]',
    '50%off',
    'me@host',
  ],
  ...[
    'a/b',
    '/a+b=',
    'earn:1',
    'my-env:1',
    'abc**def',
    'abcxxxdef',
    'abc..',
    'aab',
    'nullable1',
    'truest1',
    'online1',
    'textual',
  ],
  ...['exchange1', 'unchanged', 'insertion', 'yours', 'replaced', 'interchange-1'],
])('%s may be a secret', (value) => {
  expect(isLiteral(value)).toBe(true);
});
