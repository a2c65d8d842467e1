import type { Filter, Tag } from '@aws-sdk/client-ec2';
import type { Described } from '../defaults/common.ts';
import { AwsError } from '../errors.ts';

type Values = string | boolean | number | undefined | readonly (string | undefined)[];
export type Filters<T> = Readonly<Record<string, (item: T) => Values>>;

/** Applies EC2 filters: any of a filter's values, all of the filters, `*` and `?` as wildcards. */
export function filtered<T extends { Tags?: Described<Tag>[] | undefined }>(
  items: readonly T[],
  filters: readonly Filter[] | undefined,
  known: Filters<T>,
): readonly T[] {
  if (!filters?.length) return items;
  const tests = filters.map(({ Name = '', Values = [] }) => {
    const values = valuesOf(Name, known);
    const patterns = Values.map(pattern);
    return (item: T) =>
      [values(item)].flat().some((value) => value !== undefined && patterns.some((one) => one(String(value))));
  });
  return items.filter((item) => tests.every((test) => test(item)));
}

function valuesOf<T extends { Tags?: Described<Tag>[] | undefined }>(
  name: string,
  known: Filters<T>,
): (item: T) => Values {
  if (name === 'tag-key') return ({ Tags }) => Tags?.map(({ Key }) => Key);
  if (name.startsWith('tag:')) return ({ Tags }) => Tags?.find(({ Key }) => Key === name.slice(4))?.Value;
  const values = known[name];
  if (!values) throw new AwsError(400, 'InvalidParameterValue', `The filter '${name}' is invalid`);
  return values;
}

function pattern(value: string): (text: string) => boolean {
  if (!/[*?]/.test(value)) return (text) => text === value;
  const source = value
    .replaceAll(/[^\w*?]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const expression = new RegExp(`^${source}$`, 's');
  return (text) => expression.test(text);
}
