import { inflateRawSync } from 'node:zlib';
import { type Data, dataOf } from '../../lib/report/page/client/data.ts';
import type { Details, PageData } from '../../lib/report/page/model.ts';

const textOf = (page: string, id: string): string | undefined =>
  new RegExp(`<script type="application/octet-stream" id="${id}">([^<]*)</script>`).exec(page)?.[1];

function inflated(text: string): unknown {
  return JSON.parse(inflateRawSync(Buffer.from(text, 'base64')).toString());
}

/** What the script of a page works with. */
export function dataIn(page: string): Data {
  return dataOf(inflated(textOf(page, 'data')!) as PageData);
}

/** The details of a finding; undefined where the page does not hold them. */
export function detailsIn(page: string, row: number): Details | undefined {
  const { detailsEach } = dataIn(page);
  const text = textOf(page, `details-${Math.floor(row / detailsEach)}`);
  return text === undefined ? undefined : (inflated(text) as readonly Details[])[row % detailsEach];
}
