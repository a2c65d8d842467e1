import { isVaried } from './placeholder.ts';
import { type Rule, rule } from './rule.ts';

/** Tokens that their issuers gave a shape of their own, so that they can be recognised wherever they stand. */
const SHAPES: Readonly<Record<string, RegExp>> = {
  // ghs_ tokens may be longer and hold dots, since they can carry a signed document.
  'github-token':
    /(?<!\w)(?:gh[opru]_[A-Za-z0-9]{36}|ghs_[A-Za-z0-9._-]{36,}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})/dg,
  'gitlab-token': /(?<!\w)(?:gl(?:pat|dt|rt|rtr|cbt|ptt|ft|imt|agent|soat|oas|ffct)-[\w.-]{20,}|GR1348941[\w-]{20})/dg,
  'slack-token': /(?<!\w)(?:xox[abceoprs]|xapp)-\d[A-Za-z0-9-]{20,}/dg,
  'slack-webhook': /hooks\.slack\.com\/(?:services|workflows|triggers)\/(?<secret>[A-Za-z0-9/]{20,})/dg,
  'stripe-key': /(?<!\w)[rs]k_live_[A-Za-z0-9]{16,}/dg,
  'google-api-key': /(?<![\w-])AIza[\w-]{35}/dg,
  'npm-token': /(?<!\w)npm_[A-Za-z0-9]{36}/dg,
  'pypi-token': /(?<!\w)pypi-AgEIcHlwaS5vcmc[\w-]{50,}/dg,
  'docker-hub-token': /(?<!\w)dckr_[op]at_[\w-]{27,}/dg,
  'sendgrid-key': /(?<!\w)SG\.[\w-]{22}\.[\w-]{43}/dg,
  'vault-token': /(?<!\w)hv[bs]\.[\w-]{90,}/dg,
  'terraform-token': /(?<!\w)[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,}/dg,
  'tailscale-key': /(?<!\w)tskey-[a-z]{2,12}-[A-Za-z0-9]{8,40}-[A-Za-z0-9]{16,}/dg,
  'digitalocean-token': /(?<!\w)do[opr]_v1_[a-f0-9]{64}/dg,
  'databricks-token': /(?<!\w)dapi[a-f0-9]{32}(?![a-f0-9])/dg,
  'new-relic-key': /(?<!\w)NRAK-[A-Z0-9]{27}/dg,
  'hugging-face-token': /(?<!\w)hf_[A-Za-z]{34}(?!\w)/dg,
  'anthropic-key': /(?<!\w)sk-ant-[a-z]{3,5}\d\d-[\w-]{80,}/dg,
  'openai-key': /(?<!\w)sk-[\w-]{20,200}T3BlbkFJ[\w-]{20,}/dg,
  'age-key': /(?<!\w)AGE-SECRET-KEY-1[A-Z0-9]{58}/dg,
};

export const TOKENS: readonly Rule[] = Object.entries(SHAPES).map(([name, shape]) => rule(name, shape, isVaried));
