import { expect, it } from 'vitest';
import { OWNER_RULES, ownerOf } from '../../lib/core/owners.ts';
import { ACCOUNT } from '../support/inventory.ts';

const bucket = { type: 'AWS::S3::Bucket', id: 'a', arn: 'arn:aws:s3:::a', account: ACCOUNT, region: 'eu-west-1' };
const rules = { ...OWNER_RULES, accounts: { [ACCOUNT]: 'platform' } };

it.each([
  ['its tag', { owner: 'web' }, rules, 'web'],
  ['its tag, without the space around it', { owner: ' web ' }, rules, 'web'],
  ['the tag that is preferred', { team: 'data', owner: 'web' }, rules, 'web'],
  ['the next tag, where the first is empty', { owner: ' ', team: 'data' }, rules, 'data'],
  ['a tag of its own choice', { CostCentre: '42' }, { ...rules, tags: ['CostCentre'] }, '42'],
  ['its account', { stage: 'test' }, rules, 'platform'],
  ['its account, without tags', undefined, rules, 'platform'],
  ['the default', {}, OWNER_RULES, 'unowned'],
])('a resource is owned by %s', (_name, tags, by, owner) =>
  expect(ownerOf({ ...bucket, ...(tags && { tags }) }, by)).toBe(owner),
);
