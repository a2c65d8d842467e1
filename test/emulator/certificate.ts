import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Certificate {
  readonly key: string;
  readonly cert: string;
  /** Where the certificate is, for AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS: it signs itself. */
  readonly file: string;
  remove(): void;
}

/** Makes a certificate for this machine's loopback with openssl, good for two days. Throws where there is no openssl. */
export function newCertificate(): Certificate {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-tls-'));
  const [keyFile, file] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
        ...['-days', '2', '-subj', '/CN=localhost', '-keyout', keyFile, '-out', file],
        // S3 Control puts the account before the host.
        ...['-addext', 'subjectAltName=DNS:localhost,DNS:*.localhost,IP:127.0.0.1'],
        ...['-addext', 'keyUsage=critical,digitalSignature,keyCertSign'],
      ],
      { stdio: 'pipe' },
    );
    return { key: readFileSync(keyFile, 'utf8'), cert: readFileSync(file, 'utf8'), file, remove };
  } catch (error) {
    remove();
    throw new Error('openssl made no certificate; is it installed?', { cause: error });
  }
}
