import type { Session } from '../../aws/caller.ts';
import { listResources } from '../../aws/collect.ts';
import { operationsIn } from '../../aws/operations.ts';
import type { Item } from '../../aws/items.ts';
import type { Resource } from '../../aws/resource.ts';
import type { RegionHealth } from './model.ts';
import { type Answered, recorded } from './record.ts';

interface Asking {
  readonly resources: readonly Resource[];
  readonly session: Session;
}

/** So many services are asked of a region before it is left at that nobody told. */
const SERVICES = 3;

/** Whether the regions answer at all: one list is begun in each. None where nothing regional is wanted. */
export async function regionsHealth(
  { types, place }: Item,
  regions: readonly string[],
  asking: Asking,
): Promise<readonly RegionHealth[]> {
  const asked = questionsOf(types, asking.resources);
  if (asked.length === 0) return [];
  return Promise.all(regions.map((region) => regionHealth({ ...place, region }, asked, asking.session)));
}

/** One type of each service, those of EC2 first, which is in every region; best one whose list is one call. */
function questionsOf(types: Item['types'], resources: readonly Resource[]): readonly Resource[] {
  const wanted = resources.filter(({ type }) => types.some((one) => one.type === type));
  const services = Map.groupBy(wanted, ({ operations }) => operationsIn(operations)[0]?.action.split(':')[0] ?? '');
  const isEc2 = (service: string) => Number(service === 'ec2');
  return [...services]
    .toSorted(([a], [b]) => isEc2(b) - isEc2(a))
    .map(([, own]) => own.find(({ list }) => list.isPaged) ?? own[0]!)
    .slice(0, SERVICES);
}

async function regionHealth(place: Item['place'], asked: readonly Resource[], session: Session): Promise<RegionHealth> {
  const { region } = place;
  let untold: RegionHealth = { region, state: 'not-told' };
  for (const resource of asked) {
    const answers: Answered[] = [];
    const telling = recorded(session, (one) => answers.push(one));
    for await (const _ of listResources(resource, place, telling, () => undefined)) break;
    const by = (state: Answered['state']) => answers.find((one) => one.state === state);
    if (by('works')) return { region, state: 'answers' };
    const { detail, refusal } = by('blocked') ?? {};
    if (by('blocked')) return { region, state: 'blocked', ...(detail && { detail }), ...(refusal && { refusal }) };
    const failed = by('failed');
    if (failed) return { region, state: 'failed', detail: failed.detail ?? 'no answer' };
    if (session.deadline?.aborted) return { region, state: 'failed', detail: 'no answer in the time that there was' };
    const denied = by('denied');
    if (denied) untold = { region, state: 'not-told', detail: `${denied.action}: ${denied.detail}` };
  }
  return untold;
}
