/** Variables and substitutions of shells, of template languages and of CloudFormation. */
const SUBSTITUTION = /^\$|\$[{(]|\$[A-Za-z_]{2}|`|\{\{|\}\}|%[{(]|#\{|<%/;
/** A name between marks that ask for replacement: <password>, [password], {password}, %PASSWORD%, @PASSWORD@, __PASSWORD__. */
const MARKED = /^(?:<.*>?|\[.*\]|\{.*\}|%.+%|@.+@|__.+__)$/;
/** Where the secret is kept, in place of the secret: ARNs, parameters, vaults, URLs, YAML tags and paths of files. */
const REFERENCE =
  /^(?:arn:|resolve:|ssm:|secretsmanager:|vault:|env:|[a-z][a-z0-9+.-]{0,15}:\/\/|![a-z]+$|(?:~|\.{1,2})?\/[\w./@-]*$)/i;
/** One character over and over, or a part that is blotted out. */
const MASK = /^(.)\1*$|\*{3}|x{4}|\.{3}|…/i;
const REPLACE_ME =
  /change[-_]?(?:me|it|this)|replace[-_]?(?:me|with|this)|insert[-_]|your[-_]?(?:own|pass|secret|token|key|[-_])|placeholder|redacted|example|dummy/i;
const WORD =
  /^(?:none|null|nil|undefined|true|false|yes|no|on|off|default|empty|required|optional|enabled|disabled|todo|fixme|tbd|string|text)$/i;

/** Does the text stand where a secret would be, without being one: a variable, a reference, a mask, or a word to be replaced? */
export function isPlaceholder(value: string): boolean {
  return [SUBSTITUTION, MARKED, REFERENCE, MASK, REPLACE_ME, WORD].some((kind) => kind.test(value));
}

export function isLiteral(value: string): boolean {
  return !isPlaceholder(value);
}

/** Generated secrets use many characters; masks and invented examples use few. */
const DISTINCT_CHARACTERS = 8;

export function isVaried(value: string): boolean {
  return new Set(value).size >= DISTINCT_CHARACTERS && !REPLACE_ME.test(value);
}
