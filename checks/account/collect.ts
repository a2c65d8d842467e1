import { resource, type TypeOf } from '../../lib/aws/resource.ts';

export const account = resource('AWS::::Account', {
  scope: 'global',
  operations: [],
  async *list(aws) {
    yield aws.account;
  },
  found: (id, { partition }) => ({ id, arn: `arn:${partition}:iam::${id}:root`, base: {} }),
});

declare module '../../lib/core/model.ts' {
  interface ResourceTypes {
    'AWS::::Account': TypeOf<typeof account>;
  }
}
