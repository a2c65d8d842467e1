import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { readPasswordLogins } from '../../../checks/ec2/_password-login.ts';

const read = (text: string) => readPasswordLogins(Buffer.from(text).toString('base64'));
const signsOf = (line: string) => read(`#!/bin/sh\n${line}\n`).signs;

describe('what enables logins by password', () => {
  it.each([
    ['sshd', "echo 'PasswordAuthentication yes' >> /etc/ssh/sshd_config"],
    ['sshd', 'PasswordAuthentication yes'],
    ['sshd', 'passwordauthentication=yes'],
    ['sshd', 'PasswordAuthentication "yes"'],
    ['sshd', "sed -i 's/PasswordAuthentication no/PasswordAuthentication yes/' /etc/ssh/sshd_config"],
    ['sshd', "sed -i 's/#PasswordAuthentication.*/PasswordAuthentication yes/' /etc/ssh/sshd_config"],
    ['cloud-config', 'ssh_pwauth: true'],
    ['cloud-config', '  ssh_pwauth: yes'],
    ['cloud-config', 'ssh_pwauth: 1'],
    ['cloud-config', 'ssh_pwauth: "True"'],
    ['chpasswd', "echo 'ec2-user:Winter2026' | chpasswd"],
    ['chpasswd', 'echo root:Winter2026|sudo chpasswd'],
    ['chpasswd', 'echo root:Winter2026 | /usr/sbin/chpasswd -e'],
    ['chpasswd', 'chpasswd <<< "deploy:Winter2026"'],
    ['chpasswd', 'chpasswd: {list: ["ubuntu:Winter2026"]}'],
    ['chpasswd', 'chpasswd:\n  list: |\n    ubuntu:Winter2026'],
    ['chpasswd', 'chpasswd:\n  expire: false\n  users:\n    - {name: ubuntu, password: Winter2026}'],
    ['passwd', 'echo Winter2026 | passwd --stdin root'],
    ['passwd', 'echo "Winter2026" | sudo passwd --stdin ec2-user'],
  ])('%s: %s', (sign, line) => {
    expect(signsOf(line)).toEqual([{ sign, line: 2 }]);
  });

  it.each([
    'PasswordAuthentication no',
    "sed -i 's/^PasswordAuthentication yes/PasswordAuthentication no/' /etc/ssh/sshd_config",
    '# PasswordAuthentication yes',
    'KbdInteractiveAuthentication yes',
    'PasswordAuthentication yesterday',
    'ssh_pwauth: false',
    'ssh_pwauth: unchanged',
    'ssh_pwauth: 10',
    '  # ssh_pwauth: true',
    'echo "root:$PASSWORD" | chpasswd',
    'echo "root:${PASSWORD}" | chpasswd',
    'echo "root:`cat secret`" | chpasswd',
    'chpasswd <<< "deploy:$PASSWORD"',
    'chpasswd < /run/secrets/passwords',
    'chpasswd: {expire: false}',
    'chpasswd:\n  expire: false\nruncmd:\n  - true\nusers: []',
    'echo "$PASSWORD" | passwd --stdin root',
    'passwd -l root',
  ])('is not: %s', (line) => {
    expect(signsOf(line)).toEqual([]);
  });
});

it('tells each line once, in order, wherever the text is packed', () => {
  const text = '#cloud-config\nssh_pwauth: true\nruncmd:\n- echo root:Winter2026 | chpasswd\n';
  const signs = [
    { sign: 'cloud-config', line: 2 },
    { sign: 'chpasswd', line: 4 },
  ];
  expect(read(text)).toEqual({ kind: 'text', signs });
  expect(readPasswordLogins(gzipSync(text).toString('base64'))).toEqual({ kind: 'text', signs });
});

it('tells what can be read of archives', () => {
  const part = (body: string) => `--b\nContent-Type: text/x-shellscript\n\n${body}\n`;
  const text = `Content-Type: multipart/mixed; boundary="b"\n\n${part('true')}${part('PasswordAuthentication yes')}--b--\n`;
  expect(read(text)).toEqual({ kind: 'text', signs: [{ sign: 'sshd', line: 10 }] });
});

it.each([
  ['', 'empty'],
  [Buffer.from([0, 1, 2, 3]).toString('base64'), 'binary'],
])('%j is %s, and has none', (base64, kind) => {
  expect(readPasswordLogins(base64)).toEqual({ kind, signs: [] });
});

it('takes time in proportion to the text', () => {
  const hostile = ['a'.repeat(200_000), 'a:b '.repeat(50_000), `${'PasswordAuthentication yes '.repeat(8_000)}no`];
  expect(hostile.map((text) => read(text).signs.length)).toEqual([0, 0, 1]);
});
