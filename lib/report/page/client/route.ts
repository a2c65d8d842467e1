/** Where the reader is: everything in the address, so that it can be sent to somebody. */
export interface Route {
  readonly page: string;
  readonly id: string;
  readonly query: Readonly<Record<string, string>>;
}

/** `#/finding/0123?q=x`; whatever cannot be read is the summary. */
export function routeOf(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  const [page = '', ...rest] = path.split('/');
  return { page, id: decoded(rest.join('/')), query: Object.fromEntries(new URLSearchParams(search)) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
