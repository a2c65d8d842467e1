import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readUserData } from '../../lib/secrets/user-data.ts';
import { ALPHANUMERIC, invented } from './_invented.ts';

const token = `ghp_${invented(36)}`;
const script = `#!/bin/sh\necho ${token}\n`;
const secretAt = (line: number) => ({
  kind: 'text',
  matches: [{ pattern: 'github-token', line, hash: expect.stringMatching(/^[0-9a-f]{12}$/) }],
});

const base64 = (content: string | Uint8Array) => Buffer.from(content as string).toString('base64');
const wrapped = (content: string | Uint8Array) => base64(content).replaceAll(/.{76}/g, '$&\n');
const utf16 = (text: string) => Buffer.from(`\u{feff}${text}`, 'utf16le');

interface Part {
  readonly type?: string;
  readonly encoding?: string;
  readonly body: string;
}
function mime(parts: readonly Part[], boundary = '==BOUNDARY=='): string {
  const sections = parts.map(({ type = 'text/x-shellscript', encoding = '7bit', body }) => {
    return `--${boundary}\nContent-Type: ${type}; charset="utf-8"\nMIME-Version: 1.0\nContent-Transfer-Encoding: ${encoding}\n\n${body}\n`;
  });
  return `Content-Type: multipart/mixed; boundary="${boundary}"\nMIME-Version: 1.0\n\n${sections.join('')}--${boundary}--\n`;
}

it.each([
  ['plain', script, 2],
  ['gzip', gzipSync(script), 2],
  ['gzip within gzip', gzipSync(gzipSync(script)), 2],
  ['UTF-8 with a byte order mark', `\u{feff}${script}`, 2],
  ['UTF-8 beyond ASCII', `# Grüße\n${script}`, 3],
  ['latin1', Buffer.from(`# Gr\u00fc\u00dfe\n${script}`, 'latin1'), 3],
  ['UTF-16, as PowerShell writes it', utf16(script), 2],
  ['UTF-16, most significant byte first', utf16(script).swap16(), 2],
  ['Windows line ends', script.replaceAll('\n', '\r\n'), 2],
  ['colours of a terminal', `\u001b[1m\n${script}`, 3],
  ['a stray control character in a long text', `${'#'.repeat(100)}\u0007\n${script}`, 3],
  ['an archive', mime([{ body: 'echo 1' }, { body: script }]), 16],
  ['an archive with a long header', mime([{ body: script }]).replace('mixed; ', 'mixed;\n  '), 11],
  ['an archive with Windows line ends', mime([{ body: script }]).replaceAll('\n', '\r\n'), 10],
  ['an archive whose boundary has no quotes', mime([{ body: script }]).replace('"==BOUNDARY=="', '==BOUNDARY=='), 10],
  ['an archive that is cut off', mime([{ body: script }]).replace('--==BOUNDARY==--\n', ''), 10],
  ['an archive with a script after its end', `${mime([{ body: 'echo 1' }])}${script}`, 12],
  ['an archive in gzip', gzipSync(mime([{ body: script }])), 10],
  [
    'an archive in an archive',
    mime([{ type: 'multipart/mixed', body: 'x' }]).replace(
      /Content-Type: multipart\/mixed; charset[^]*x\n/,
      mime([{ body: script }], 'inner'),
    ),
    14,
  ],
  ['a part in base64', mime([{ body: 'echo 1' }, { encoding: 'base64', body: wrapped(script) }]), 15],
  ['a part in base64, in capitals', mime([{ encoding: 'BASE64', body: wrapped(script) }]), 9],
  ['a part in gzip and base64', mime([{ encoding: 'base64', body: wrapped(gzipSync(script)) }]), 9],
  [
    'an archive in a part in base64',
    mime([{ encoding: 'base64', body: wrapped(`\n${mime([{ body: script }])}`.trimStart()) }]),
    9,
  ],
  [
    'a part in quoted-printable',
    mime([{ encoding: 'quoted-printable', body: `echo=20${token.slice(0, 20)}=\n${token.slice(20)}` }]),
    9,
  ],
  [
    'a file in base64 in cloud-config',
    `#cloud-config\nwrite_files:\n  - encoding: b64\n    content: ${base64(script)}\n`,
    4,
  ],
  [
    'a file in gzip and base64 in cloud-config',
    `#cloud-config\nwrite_files:\n  - content: ${base64(gzipSync(script))}\n    encoding: gz+b64`,
    3,
  ],
  ['encoded twice', base64(script), 1],
])('finds a secret in user data: %s', (_name, content, line) => {
  expect(readUserData(base64(content))).toEqual(secretAt(line));
});

describe('an archive in a part in base64', () => {
  it('has all of its secrets on the line on which the part begins', () => {
    const inner = mime([
      { body: script },
      { body: `echo ${token.split('').toReversed().join('')}\nPASSWORD=${invented(20)}` },
    ]);
    expect(
      readUserData(base64(mime([{ encoding: 'base64', body: wrapped(inner) }]))).matches.map(({ line }) => line),
    ).toEqual([9, 9]);
  });
});

it.each([
  ['nothing', ''],
  ['nothing but a line end', '\n'],
  ['no bytes', base64('')],
  ['blank lines', base64(' \n\t\n')],
  ['nothing in gzip', base64(gzipSync(''))],
])('is empty: %s', (_name, content) => {
  expect(readUserData(content)).toEqual({ kind: 'empty', matches: [] });
});

const noise = Buffer.from(Array.from({ length: 200 }, (_, index) => (index * 97 + 13) % 256));

it.each([
  ['random bytes', base64(noise)],
  ['a NUL in a text', base64(`${'#'.repeat(200)}\0`)],
  ['many control characters', base64(`${'#'.repeat(99)}\u0007`.slice(1))],
  ['UTF-16 without a mark', base64(utf16('#!/bin/sh').subarray(2))],
  ['a part of an archive', base64(mime([{ body: 'echo 1' }, { encoding: 'base64', body: wrapped(noise) }]))],
  ['damaged gzip', base64(gzipSync(script.repeat(50)).subarray(0, 40))],
  [
    'damaged gzip that looks like text',
    base64(Buffer.concat([Buffer.from([0x1f, 0x8b]), Buffer.from('#'.repeat(200))])),
  ],
  ['a bomb', base64(gzipSync(Buffer.alloc(3 * 1024 * 1024, '#')))],
  [
    'gzip within gzip without end',
    base64(Array.from({ length: 8 }).reduce<Buffer>((inner) => gzipSync(inner), Buffer.from(script))),
  ],
  [
    'an archive without parts and with other bytes',
    base64(Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=x\n\n'), noise])),
  ],
  ['what is not base64', '!!!!'],
])('is binary: %s', (_name, content) => {
  expect(readUserData(content)).toEqual({ kind: 'binary', matches: [] });
});

it.each([
  ['behind a script', Buffer.concat([Buffer.from(script), noise])],
  [
    'in an archive',
    mime([{ body: 'x' }, { encoding: 'base64', body: wrapped(Buffer.concat([Buffer.from(script), noise])) }]),
  ],
])('a secret before binary content is found, and the content stays binary: %s', (_name, content) => {
  expect(readUserData(base64(content))).toMatchObject({ kind: 'binary', matches: [{ pattern: 'github-token' }] });
});

it.each([
  [
    'a certificate authority in base64',
    `/etc/eks/bootstrap.sh x --b64-cluster-ca ${base64(`-----BEGIN CERTIFICATE-----\n${base64(noise)}\n-----END CERTIFICATE-----`)}`,
  ],
  ['binary content in base64 in a script', `echo ${base64(noise)} | base64 -d > logo.png`],
  ['a checksum', `echo ${invented(64, '0123456789abcdef')} file | sha256sum -c`],
  ['headers that are no archive', 'Content-Type: text/x-shellscript\n\necho 1'],
  ['an archive without boundary', 'Content-Type: multipart/mixed\n\necho 1'],
  ['what begins like a header', 'Note: this is\nno header\n\necho 1'],
  ['a header without body', 'Content-Type: multipart/mixed; boundary=x'],
  ['an almost stray control character', `${'#'.repeat(99)}\u0007`],
])('is text without secrets: %s', (_name, content) => {
  expect(readUserData(base64(content))).toEqual({ kind: 'text', matches: [] });
});

const kindOf = (content: string) => readUserData(content).kind;

it('reads any bytes, and any text in place of base64, without failing', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 500 }),
    fc.uint8Array({ maxLength: 100 }).map((end) => Buffer.concat([Buffer.from([0x1f, 0x8b]), end])),
  );
  const texts = fc.oneof(fc.string(), bytes.map(base64));
  fc.assert(
    fc.property(texts, (content) => {
      expect(kindOf(content)).toMatch(/^(text|empty|binary)$/);
    }),
  );
});

it('reads any archive without failing', () => {
  const line = fc.constantFrom(
    '--a',
    '--a--',
    '--b',
    '',
    'Content-Type: multipart/mixed; boundary=b',
    'Content-Transfer-Encoding: base64',
    'x: y',
    ' z',
    base64(script),
    '=',
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 30 }), fc.constantFrom('\n', '\r\n'), (lines, end) => {
      const content = [`Content-Type: multipart/mixed; boundary=a`, ...lines].join(end);
      expect(kindOf(base64(content))).toMatch(/^(text|binary)$/);
    }),
  );
});

it('however it is wrapped, the secret is found and never kept', () => {
  const wraps = [
    gzipSync,
    (content: Buffer) => Buffer.from(mime([{ body: 'x' }, { encoding: 'base64', body: wrapped(content) }])),
    (content: Buffer) => Buffer.from(`content: ${base64(content)}`),
  ];
  const wrapping = fc.array(fc.constantFrom(...wraps), { maxLength: 2 });
  const body = fc
    .string({ unit: fc.constantFrom(...Array.from(ALPHANUMERIC)), minLength: 36, maxLength: 36 })
    .filter((text) => new Set(text).size > 8);
  fc.assert(
    fc.property(wrapping, body, fc.string(), (layers, secret, before) => {
      const content = layers.reduce<Buffer>(
        (inner, wrap) => wrap(inner),
        Buffer.from(
          `${before.replaceAll('\0', '')}\nnpm_${secret}\n# the end of a script that is long enough to be one`,
        ),
      );
      const result = readUserData(base64(content));
      expect(result.matches).toContainEqual({
        pattern: 'npm-token',
        line: expect.any(Number),
        hash: expect.any(String),
      });
      expect(JSON.stringify(result)).not.toContain(secret.slice(0, 13));
    }),
  );
});
