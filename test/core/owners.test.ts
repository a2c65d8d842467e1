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

const STACK = 'aws:cloudformation:stack-name';
const byStack = { ...rules, stacks: { 'orders-*': 'orders', 'orders-data': 'data', 'web?': 'web' } };
it.each([
  ['its stack rather than its account', { [STACK]: 'orders-api' }, 'orders'],
  ['the first pattern that fits', { [STACK]: 'orders-data' }, 'orders'],
  ['one letter more', { [STACK]: 'web1' }, 'web'],
  ['its account, where no pattern fits the whole name', { [STACK]: 'web12' }, 'platform'],
  ['its account, where no stack made it', { stage: 'test' }, 'platform'],
  ['its tag rather than its stack', { [STACK]: 'orders-api', owner: 'checkout' }, 'checkout'],
])('a resource of a stack is owned by %s', (_name, tags, owner) => {
  expect(ownerOf({ ...bucket, tags }, byStack)).toBe(owner);
});

it('a resource of a stack is owned by its account where there are no rules of stacks', () => {
  expect(ownerOf({ ...bucket, tags: { [STACK]: 'orders-api' } }, rules)).toBe('platform');
});

const byUnit = { ...OWNER_RULES, units: { 'r-root': 'everyone', 'ou-web': 'web' } };
it.each([
  ['the nearest unit that has an owner', {}, byUnit, ['ou-team', 'ou-web', 'r-root'], 'web'],
  ['the root', {}, byUnit, ['ou-team', 'r-root'], 'everyone'],
  ['the default, where no unit has one', {}, byUnit, ['ou-team', 'constructor'], 'unowned'],
  ['the default, where there are no rules of units', {}, OWNER_RULES, ['ou-web'], 'unowned'],
  ['its account rather than its unit', {}, { ...byUnit, accounts: { [ACCOUNT]: 'platform' } }, ['ou-web'], 'platform'],
  ['its tag rather than its unit', { owner: 'data' }, byUnit, ['ou-web'], 'data'],
] as const)('a resource in units is owned by %s', (_name, tags, by, units, owner) => {
  expect(ownerOf({ ...bucket, tags }, by, units)).toBe(owner);
});
