import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { describe, expect, it } from 'vitest';
import { caller } from '../../lib/aws/caller.ts';
import { sessionFor } from '../../lib/aws/clients.ts';
import { callCounts } from '../../lib/aws/counts.ts';
import { service } from '../../lib/aws/operations.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1', partition: 'aws' };
const describeKey = service(KMSClient).call(DescribeKeyCommand, 'kms:DescribeKey');
const keyIfOffered = service(KMSClient).call(DescribeKeyCommand, 'kms:DescribeKey', { absent: ['NoSuchHost'] });

/** A caller whose connections end with this error code. */
function failing(code: string) {
  const counts = callCounts();
  const session = sessionFor({ credentials: async () => ({ accessKeyId: 'x', secretAccessKey: 'x' }), counts });
  const client = session.clients(describeKey, PLACE) as KMSClient;
  client.middlewareStack.add(
    () => async () => {
      throw Object.assign(new Error(`${code} kms.eu-west-1.amazonaws.com`), { code });
    },
    { step: 'deserialize', priority: 'low' },
  );
  return { aws: caller([describeKey, keyIfOffered], PLACE, session), counts };
}

describe('a host that does not exist', () => {
  it('is a gap, and is not asked twice', async () => {
    const { aws, counts } = failing('ENOTFOUND');
    const gap = { reason: 'failed', detail: 'NoSuchHost: no answer from kms in eu-west-1' };
    await expect(aws.call(describeKey, { KeyId: 'a' })).rejects.toMatchObject({ gap });
    await expect(aws.call(describeKey, { KeyId: 'b' })).rejects.toMatchObject({ gap });
    expect(counts.total()).toBe(1);
  });

  it('may say that there is nothing', async () => {
    expect(await failing('ENOTFOUND').aws.call(keyIfOffered, { KeyId: 'a' })).toBeNull();
  });

  it('is not the same as one that cannot be reached', async () => {
    const gap = { reason: 'failed', detail: 'Unreachable: no answer from kms in eu-west-1' };
    await expect(failing('EHOSTUNREACH').aws.call(keyIfOffered, { KeyId: 'a' })).rejects.toMatchObject({ gap });
  });
});

describe('pages', () => {
  const NO_HOST = Object.assign(new Error('no host'), { name: 'NoSuchHost' });
  const read = (absent: string[], pages: readonly object[]) => {
    const paginate = async function* paginate() {
      yield* pages;
      throw NO_HOST;
    };
    const list = service(KMSClient).pages<object, object, 'x:List'>(paginate, 'x:List', { absent });
    const session = { clients: () => new KMSClient({}), sources: new Map() };
    return Array.fromAsync(caller([list], PLACE, session).pages(list, {}));
  };

  it('are none where an absence is declared', async () => expect(await read(['NoSuchHost'], [])).toEqual([]));
  it('are a gap where none is declared', async () => {
    await expect(read([], [])).rejects.toMatchObject({ gap: { reason: 'failed', operation: 'x:List' } });
  });
  it('are a gap after the first one: the list is cut short', async () => {
    await expect(read(['NoSuchHost'], [{ NextToken: 'a' }])).rejects.toMatchObject({ gap: { operation: 'x:List' } });
  });
});
