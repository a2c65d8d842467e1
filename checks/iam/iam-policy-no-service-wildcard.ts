import { check, fail, pass, rated } from '../../lib/core/check.ts';
import { DOCUMENTED, idle, namesService, serviceGrants } from './_grants.ts';

const SENSITIVE = 'iam kms cloudtrail organizations sts s3 secretsmanager lambda config guardduty logs'.split(
  ' ',
) as readonly string[];

export default check({
  id: 'iam-policy-no-service-wildcard',
  title: 'No customer managed or inline policy grants all actions of a service on all resources',
  severity: 'medium',
  why: 'Nobody needs all that a service can do, and each action that AWS adds to it is granted as well.',
  fix: 'aws iam create-policy-version --policy-arn <policy-arn> --policy-document file://<narrower-policy>.json --set-as-default',
  // Inline policies are judged where they stand.
  resource: DOCUMENTED,
  params: {
    sensitiveServices: SENSITIVE,
    ignoreServices: ['xray', 'cloudwatch'] as readonly string[],
    requireUniversalResource: true,
  },
  evaluate(holder, { params }) {
    const verdictOnIdle = idle(holder);
    if (verdictOnIdle) return verdictOnIdle;
    const isMeant = (service: string) => !params.ignoreServices.includes(service.toLowerCase());
    const grants = serviceGrants(holder, { onAll: params.requireUniversalResource }, isMeant);
    if (grants.length === 0) return pass('no service is granted as a whole');
    const verdict = fail(`grants ${[...new Set(grants.flatMap((one) => one.grants))].join(', ')}`, { grants });
    const services = grants.flatMap((one) => one.services);
    const sensitive = params.sensitiveServices.filter((name) => services.some((one) => namesService(one, name)));
    return sensitive.length > 0 ? rated('high', `among them ${sensitive.join(', ')}`, verdict) : verdict;
  },
});
