import { storedFrom } from './services/s3-objects.ts';
import type { World } from './world.ts';

/** An S3 object as it was put. */
export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly lastModified: string;
  readonly contentType: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly metadata: Readonly<Record<string, string>>;
}

/** An SNS message as it was published. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly subject: string | undefined;
  readonly message: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Caller {
  readonly account: string;
  readonly arn: string;
  readonly userId: string;
}

/** All that changes while the emulator runs. */
export interface State {
  /** 'bucket/key' -> object. */
  readonly objects: Map<string, StoredObject>;
  readonly messages: PublishedMessage[];
  /** Access key id of an assumed role -> who it is. */
  readonly sessions: Map<string, Caller>;
  /** Account -> how often its credential report was asked for. */
  readonly reportRequests: Map<string, number>;
  /** Upload id -> key and parts. */
  readonly uploads: Map<
    string,
    { readonly path: string; readonly headers: Partial<StoredObject>; readonly parts: Map<number, Buffer> }
  >;
}

/** The state at the start: the objects that the description puts into buckets. */
export function newState(world: World): State {
  const objects = new Map<string, StoredObject>();
  for (const { s3 } of world.accounts.values())
    for (const { Name, Objects } of s3.Buckets.values())
      for (const { Key, Body } of Objects) objects.set(`${Name}/${Key}`, storedFrom({}, Buffer.from(Body)));
  return { objects, messages: [], sessions: new Map(), reportRequests: new Map(), uploads: new Map() };
}
