import { rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { GetTopicAttributesCommand, paginateListSubscriptionsByTopic, SNSClient } from '@aws-sdk/client-sns';
import { type Alert, EVENT_TYPE, type Notification } from '../../report/sns.ts';
import type { Store } from '../../store/store.ts';
import type { PartHealth } from './model.ts';
import { type Asked, broken, missing, works } from './parts.ts';

/** Written over and over: S3 is left with this one object. */
const PROBE_KEY = 'doctor/probe.json';

/** Lists, writes and reads the place where runs are kept, for real. A folder is left as it was. */
export async function reportsHealth(store: Store, now: Date, partition: string): Promise<PartHealth> {
  const bucket = /^s3:\/\/([^/]+)(\/.*)?$/.exec(store.url);
  const within = (path: string) => `arn:${partition}:s3:::${bucket?.[1]}${path}`;
  const objects = within(`${bucket?.[2] ?? ''}/*`);
  const present = bucket ? [] : await foldersOf(store.url);
  let asked: Asked = { action: 's3:ListBucket', resource: within(''), purpose: `${store.url} cannot be listed` };
  try {
    await store.list('doctor/');
    asked = { action: 's3:PutObject', resource: objects, purpose: `${store.url} cannot be written` };
    const text = JSON.stringify({ at: now.toISOString() });
    await store.put(PROBE_KEY, text, 'application/json');
    asked = { action: 's3:GetObject', resource: objects, purpose: `${store.url} cannot be read` };
    const read = await store.get(PROBE_KEY);
    if (!read || Buffer.from(read).toString() !== text)
      return { name: 'reports', state: 'failed', detail: `${store.url} gives back something else than was written` };
    return works('reports', `${store.url} is listed, written and read`);
  } catch (error) {
    return broken('reports', asked, error);
  } finally {
    if (!bucket) await tidy(store.url, present);
  }
}

/** The folders that are there already: of the probe, the place itself and those above it. */
async function foldersOf(root: string): Promise<readonly string[]> {
  const present: string[] = [];
  for (let path = join(root, 'doctor'); path !== dirname(path); path = dirname(path)) {
    const isThere = await stat(path).then(
      () => true,
      () => false,
    );
    if (isThere) present.push(path);
  }
  return present;
}

async function tidy(root: string, present: readonly string[]): Promise<void> {
  await rm(join(root, PROBE_KEY), { force: true }).catch(() => undefined);
  for (let path = join(root, 'doctor'); path !== dirname(path) && !present.includes(path); path = dirname(path))
    await rmdir(path).catch(() => undefined);
}

export interface Telling {
  readonly topic: string;
  /** Publishes a message that says that it is a test. */
  readonly sendTest?: ((alert: Alert) => Promise<void>) | undefined;
  readonly now: Date;
  /** Who asks. */
  readonly tool: string;
  /** Somebody must listen by this protocol: what passes messages on to Slack is a function. */
  readonly expects?: 'lambda' | undefined;
}
interface Subscription {
  readonly protocol: string;
  readonly isPending: boolean;
}

/** Whether the topic is there and somebody listens; and, where it is wanted, whether it takes a message. */
export async function topicHealth({ topic, sendTest, now, tool, expects }: Telling): Promise<PartHealth> {
  const client = new SNSClient({ region: topic.split(':')[3]!, customUserAgent: [['ronda']] });
  let asked: Asked = { action: 'sns:GetTopicAttributes', resource: topic, purpose: `${topic} cannot be looked at` };
  try {
    await client.send(new GetTopicAttributesCommand({ TopicArn: topic }));
    asked = { ...asked, action: 'sns:ListSubscriptionsByTopic', purpose: `who listens to ${topic} cannot be told` };
    const subscriptions = await subscriptionsOf(client, topic);
    asked = { action: 'sns:Publish', resource: topic, purpose: `${topic} does not take messages` };
    const confirmed = subscriptions.filter(({ isPending }) => !isPending);
    if (expects && !confirmed.some(({ protocol }) => protocol === expects))
      return missing('topic', `no ${expects} listens to ${topic}: Slack gets nothing`);
    await sendTest?.(testAlert(now, tool));
    return heard(topic, subscriptions, sendTest !== undefined);
  } catch (error) {
    return broken('topic', asked, error);
  } finally {
    client.destroy();
  }
}

async function subscriptionsOf(client: SNSClient, TopicArn: string): Promise<readonly Subscription[]> {
  const found: Subscription[] = [];
  for await (const page of paginateListSubscriptionsByTopic({ client }, { TopicArn }))
    for (const { Protocol, SubscriptionArn } of page.Subscriptions ?? [])
      // What stands in place of the ARN (SNS developer guide; `Deleted` is what SNS says of ended ones).
      if (SubscriptionArn !== 'Deleted')
        found.push({ protocol: Protocol ?? 'unknown', isPending: SubscriptionArn === 'PendingConfirmation' });
  return found;
}

function heard(topic: string, subscriptions: readonly Subscription[], isSent: boolean): PartHealth {
  const confirmed = subscriptions.filter(({ isPending }) => !isPending);
  const waiting = subscriptions.length - confirmed.length;
  const pending = waiting > 0 ? `${waiting} wait${waiting === 1 ? 's' : ''} for confirmation` : '';
  if (confirmed.length === 0)
    return missing('topic', `nobody listens to ${topic}: ${pending || 'it has no subscription'}`);
  const kinds = [...new Set(confirmed.map(({ protocol }) => protocol))].toSorted().join(', ');
  const sent = isSent ? 'a test message was sent' : 'publishing was not tried: --send-test';
  const detail = `${topic} has ${confirmed.length} confirmed (${kinds}); ${sent}`;
  return waiting > 0
    ? missing('topic', `${pending} at ${topic}; ${confirmed.length} confirmed (${kinds})`)
    : works('topic', detail);
}

/** In the form of the run's own messages, so that it takes their way, to Slack too. */
export function testAlert(now: Date, tool: string): Alert {
  const at = now.toISOString();
  const title = 'Ronda: this is a test message, nothing was found';
  const notification: Notification = {
    version: '1.0',
    source: 'custom',
    id: `test-${at}`,
    content: {
      textType: 'client-markdown',
      title,
      description: `Sent by ${tool} doctor at ${at}. Messages of the nightly run take the same way.`,
      nextSteps: [],
      keywords: ['ronda', 'test'],
    },
    metadata: {
      threadId: `test-${at}`,
      summary: title,
      eventType: EVENT_TYPE,
      relatedResources: [],
      additionalContext: {},
    },
  };
  return {
    id: `test-${at}`,
    subject: title,
    message: JSON.stringify(notification, null, 2),
    attributes: { severity: [], account: [], owner: [], change: [] },
  };
}
