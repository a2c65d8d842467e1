/**
 * The content of an `aws-chunked` body: chunks of `size[;chunk-signature=...]\r\n bytes \r\n`, an empty chunk, and trailers
 * (checksums), which are not checked.
 */
export function unchunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const end = body.indexOf('\r\n', at);
    const size = end < 0 ? 0 : parseInt(body.toString('latin1', at, end), 16);
    if (!(size > 0)) return Buffer.concat(chunks);
    chunks.push(body.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
}

export function isChunked(headers: Readonly<Record<string, string | string[] | undefined>>): boolean {
  return (
    String(headers['content-encoding'] ?? '').includes('aws-chunked') ||
    String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-')
  );
}
