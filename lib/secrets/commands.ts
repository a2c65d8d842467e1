import { isLiteral } from './placeholder.ts';
import { type Rule, rule } from './rule.ts';

const OBVIOUS = /^(?:password|passwd|pass|pwd|secret|token|\*+)$/i;

/** The password in a URL; written as the word, it is an explanation. */
const urlPassword = rule(
  'url-password',
  /:\/\/[^\s:@/"'<>`]{0,128}:(?<secret>[^\s@/"'<>`]{3,512})@[\w[]/dg,
  (value) => isLiteral(value) && !OBVIOUS.test(value),
);

const SHORTEST_CREDENTIALS = 16;

const authorizationHeader = rule(
  'authorization-header',
  /\bauthorization["']?[ \t]{0,4}[:=][ \t]{0,4}["']?(?:bearer|basic|token)[ \t]{1,4}(?<secret>[\w.~+/=$-]{1,2048})/dgi,
  (value) => isLiteral(value) && value.length >= SHORTEST_CREDENTIALS && /\d/.test(value),
);

const WORD = /["']?(?<secret>[^\s"'`|]{3,256})/.source;

/** Options and statements that are followed by a password. What lies between the command and its option is bounded. */
const COMMANDS: readonly RegExp[] = [
  new RegExp(
    `\\b(?:curl|wget)\\b[^\\r\\n]{0,300}?[ \\t](?:-u|--user|--proxy-user)[ \\t=]{1,4}["']?[^\\s:"'$]{1,64}:${WORD}`,
    'dg',
  ),
  new RegExp(`\\bsshpass[ \\t]{1,4}-p[ \\t]{0,4}${WORD}`, 'dg'),
  new RegExp(
    `\\b(?:docker|podman|nerdctl|helm|oc|az)\\b[^\\r\\n]{0,40}?\\blogin\\b[^\\r\\n]{0,200}?[ \\t](?:-p|--password)[ \\t=]{1,4}${WORD}`,
    'dg',
  ),
  new RegExp(`\\b(?:mysql|mysqladmin|mysqldump|mariadb)\\b[^\\r\\n]{0,200}?[ \\t]-p${WORD}`, 'dg'),
  /(?<![\w.-])[\w.-]{1,32}:(?<secret>[^\s"'`|:]{3,256})["']?[ \t]{0,4}\|[ \t]{0,4}(?:sudo[ \t]{1,4})?chpasswd\b/dg,
  /\bnet1?[ \t]{1,4}user[ \t]{1,4}["']?[\w.-]{1,64}["']?[ \t]{1,4}["']?(?<secret>[^\s"'`/]{3,256})/dgi,
  new RegExp(`\\blogin[ \\t]{1,4}\\S{1,128}\\s{1,40}password[ \\t]{1,4}${WORD}`, 'dgi'),
  /\bConvertTo-SecureString[ \t]{1,4}(?:-String[ \t]{1,4})?["'](?<secret>[^"'\r\n]{3,256})["']/dgi,
];
const SQL: readonly RegExp[] = [
  /\bidentified[ \t]{1,4}(?:with[ \t]{1,4}\w{1,40}[ \t]{1,4})?by[ \t]{1,4}(?:password[ \t]{1,4})?'(?<secret>[^'\r\n]{3,256})'/dgi,
  /\bpassword[ \t]{1,4}'(?<secret>[^'\r\n]{3,256})'/dgi,
];

export const COMMAND_RULES: readonly Rule[] = [
  urlPassword,
  authorizationHeader,
  ...COMMANDS.map((command) => rule('command-line-password', command, isLiteral)),
  ...SQL.map((statement) => rule('sql-password', statement, isLiteral)),
];
