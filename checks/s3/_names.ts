/**
 * Names that tools and AWS itself give to buckets of infrastructure state: CloudFormation's template buckets
 * (cf-templates-...), the AWS CDK's assets (cdk-...-assets-...), and what people call Terraform's state.
 */
const STATE = /^cf-templates-|^cdk-[a-z0-9]+-assets-|tf-?state|(terraform|tofu|pulumi|cloudformation)-?state/;

/** Does the bucket's name say that it holds the state of infrastructure? */
export function isNamedForState(name: string): boolean {
  return STATE.test(name);
}
