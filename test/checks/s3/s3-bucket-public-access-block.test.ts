import { describe, expect, it } from 'vitest';
import publicAccessBlock from '../../../checks/s3/s3-bucket-public-access-block.ts';
import { attempt, Unknown } from '../../../lib/core/view.ts';
import { OFF, ON, SHUT_BY_ACCOUNT } from '../../policy/_bucket-access.ts';
import { cases } from '../../support/cases.ts';

const at = (bucket: object, account: object) => ({
  publicAccessBlock: { kind: 'known', ...OFF, ...bucket } as const,
  accountPublicAccessBlock: { ...OFF, ...account },
});

cases(publicAccessBlock, {
  pass: [
    { name: 'all at the bucket', resource: at(ON, OFF) },
    { name: 'all at the account', resource: at(OFF, ON) },
    { name: 'all at the account: the bucket was not asked', resource: SHUT_BY_ACCOUNT },
    {
      name: 'some here, some there: each setting counts by itself',
      resource: at(
        { blockPublicAcls: true, ignorePublicAcls: true },
        { blockPublicPolicy: true, restrictPublicBuckets: true },
      ),
    },
  ],
  fail: [
    {
      // NoSuchPublicAccessBlockConfiguration, of the account too, is collected as four times off.
      name: 'a bucket older than April 2023: no configuration anywhere',
      resource: at(OFF, OFF),
      message: 'blockPublicAcls, ignorePublicAcls, blockPublicPolicy, restrictPublicBuckets',
      evidence: { publicAccessBlock: { kind: 'known', ...OFF }, accountPublicAccessBlock: OFF },
    },
    {
      name: 'one is off at both',
      resource: at({ ...ON, ignorePublicAcls: false }, { restrictPublicBuckets: true }),
      message: /account: ignorePublicAcls$/,
    },
  ],
});

function denied(): never {
  throw new Unknown({ reason: 'denied', operation: 'test:Denied', detail: 'access denied' });
}

const run = (known: 'publicAccessBlock' | 'accountPublicAccessBlock', settings: typeof ON | typeof OFF) => {
  const view = Object.defineProperties(
    {},
    {
      publicAccessBlock: { get: denied },
      accountPublicAccessBlock: { get: denied },
      [known]: { get: () => (known === 'publicAccessBlock' ? { kind: 'known', ...settings } : settings) },
    },
  );
  return attempt(() => publicAccessBlock.evaluate(view as never, {} as never));
};

describe('s3-bucket-public-access-block, when one side is denied', () => {
  it.each(['publicAccessBlock', 'accountPublicAccessBlock'] as const)(
    '%s alone decides when it has all four',
    (side) => {
      expect(run(side, ON)).toMatchObject({ status: 'PASS' });
      expect(run(side, OFF)).toBeInstanceOf(Unknown);
    },
  );
});
