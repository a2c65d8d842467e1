import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSecrets } from '../../lib/secrets/find.ts';
import {
  accessKeyId,
  ALPHANUMERIC,
  CAPITAL,
  HEXADECIMAL,
  invented,
  password,
  pem,
  pemHeader,
  secretAccessKey,
} from './_invented.ts';

const hashOf = (secret: string) => createHash('sha256').update(secret).digest('hex').slice(0, 12);
const found = (text: string) => findSecrets(text).map(({ pattern, hash }) => [pattern, hash]);

const tokens: readonly (readonly [pattern: string, token: string])[] = [
  ['github-token', `ghp_${invented(36)}`],
  ['github-token', `gho_${invented(36)}`],
  ['github-token', `ghs_${invented(60)}.${invented(80)}.${invented(40)}`],
  ['github-token', `github_pat_${invented(22)}_${invented(59)}`],
  ['gitlab-token', `glpat-${invented(20)}`],
  ['gitlab-token', `glrt-t1_${invented(20)}`],
  ['gitlab-token', `glpat-${invented(27)}.01.${invented(9)}`],
  ['gitlab-token', ['GR', '1348941', invented(20)].join('')],
  ['slack-token', `xoxb-${invented(12, '123456789')}-${invented(12, '123456789')}-${invented(24)}`],
  ['stripe-key', `sk_live_${invented(24)}`],
  ['stripe-key', `rk_live_${invented(24)}`],
  ['google-api-key', `AIza${invented(35)}`],
  ['npm-token', `npm_${invented(36)}`],
  ['pypi-token', `pypi-AgEIcHlwaS5vcmc${invented(60)}`],
  ['docker-hub-token', `dckr_pat_${invented(27)}`],
  ['sendgrid-key', `SG.${invented(22)}.${invented(43)}`],
  ['vault-token', `hvs.${invented(95)}`],
  ['terraform-token', `${invented(14)}.atlasv1.${invented(60)}`],
  ['tailscale-key', `tskey-auth-${invented(12)}-${invented(32)}`],
  ['digitalocean-token', `dop_v1_${invented(64, HEXADECIMAL)}`],
  ['databricks-token', `dapi${invented(32, HEXADECIMAL)}`],
  ['new-relic-key', `NRAK-${invented(27, CAPITAL)}`],
  ['hugging-face-token', `hf_${invented(34, ALPHANUMERIC.slice(0, 52))}`],
  ['anthropic-key', `sk-ant-api03-${invented(95)}`],
  ['openai-key', ['sk-proj-', invented(40), 'T3Blbk', 'FJ', invented(40)].join('')],
  ['age-key', `AGE-SECRET-KEY-1${invented(58, CAPITAL)}`],
];

describe('tokens with a shape of their own', () => {
  it.each(tokens)('%s', (pattern, token) => {
    expect(found(token)).toEqual([[pattern, hashOf(token)]]);
    expect(found(`x: "${token}"\n`)).toEqual([[pattern, hashOf(token)]]);
    expect(found(`export SOME_TOKEN=${token}`), 'named once').toEqual([[pattern, hashOf(token)]]);
  });
  it.each(tokens)('%s: not within a longer word, not shortened', (_pattern, token) => {
    expect(findSecrets(`some${token}`)).toEqual([]);
    expect(findSecrets(token.slice(0, 14))).toEqual([]);
  });
  it.each(tokens.filter(([, token]) => token.startsWith('gh')))(
    '%s: a mask of the same shape is none',
    (_pattern, token) => {
      expect(findSecrets(token.replaceAll(/[A-Za-z0-9]{20,}/g, (random) => 'x'.repeat(random.length)))).toEqual([]);
    },
  );
  it.each([
    ['seven characters over and over', 'abcdefg', 0],
    ['eight', 'abcdefgh', 1],
  ])('few characters make an invented example: %s', (_name, characters, matches) => {
    // Four characters of the alphabet stand in the prefix: n, p, m and _.
    const body = characters.slice(0, -4).padEnd(36, characters.slice(0, -4));
    expect(findSecrets(`npm_${body}`)).toHaveLength(matches);
  });
  it('the path of a Slack webhook', () => {
    const path = `T${invented(8, CAPITAL)}/B${invented(8, CAPITAL)}/${invented(24)}`;
    expect(found(`curl https://hooks.slack.com/services/${path}`)).toEqual([['slack-webhook', hashOf(path)]]);
  });
});

describe('AWS access keys', () => {
  const secret = ['aws-secret-access-key', hashOf(secretAccessKey)];
  it.each([
    ['in a credentials file', `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`],
    ['in the environment', `export AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}`],
    ['as arguments', `configure("${accessKeyId}", "${secretAccessKey}")`],
    ['the secret first', `${secretAccessKey} ${accessKeyId}`],
    ['at the end of what is near', `${accessKeyId}${' '.repeat(360)}${secretAccessKey}`],
  ])('a secret near its id: %s', (_name, text) => {
    expect(found(text)).toEqual([secret]);
  });
  it('a secret under its own name, without an id', () => {
    expect(found(`aws_secret_access_key = ${secretAccessKey}`)).toEqual([['assigned-secret', hashOf(secretAccessKey)]]);
  });
  it('two pairs are two secrets', () => {
    const other = `${secretAccessKey.slice(4)}aB3/`;
    expect(found(`${accessKeyId} ${secretAccessKey}\n${accessKeyId} ${other}`)).toEqual([
      secret,
      ['aws-secret-access-key', hashOf(other)],
    ]);
  });
  it.each([
    ['an id alone', `aws_access_key_id = ${accessKeyId}`],
    ['forty characters alone', `checksum ${secretAccessKey}`],
    ['forty characters too far away', `${accessKeyId}${' '.repeat(361)}${secretAccessKey}`],
    ['a hash in hexadecimal', `${accessKeyId} ${invented(40, HEXADECIMAL)}`],
    ['part of something longer', `${accessKeyId} ${secretAccessKey}${secretAccessKey}`],
    ['a path', `${accessKeyId} usr/local/share/certificates/company/rootca`],
    [
      'the example of the documentation',
      ['AKIAIOSFODNN7', 'EXAMPLE wJalrXUtnFEMI/K7MDENG/bPxRfiCY', 'EXAMPLEKEY'].join(''),
    ],
  ])('no secret: %s', (_name, text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

describe('private keys', () => {
  it.each([
    'PRIVATE KEY',
    'RSA PRIVATE KEY',
    'EC PRIVATE KEY',
    'OPENSSH PRIVATE KEY',
    'ENCRYPTED PRIVATE KEY',
    'PGP PRIVATE KEY BLOCK',
  ])('%s', (kind) => {
    const key = pem(kind);
    for (const text of [
      key,
      key.replaceAll('\n', '\r\n'),
      key.replaceAll('\n', '\\n'),
      key.replaceAll('\n', '\n      '),
    ]) {
      expect(findSecrets(`a\nb\n${text}\nc`)).toMatchObject([{ pattern: 'private-key', line: 3 }]);
    }
  });
  it('one with headers', () => {
    const key = pem('RSA PRIVATE KEY').replace(
      '\n',
      `\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${invented(32, HEXADECIMAL)}\n\n`,
    );
    expect(findSecrets(key)).toMatchObject([{ pattern: 'private-key', line: 1 }]);
  });
  it('one that is cut off', () => {
    expect(findSecrets(pem('PRIVATE KEY').slice(0, 200))).toMatchObject([{ pattern: 'private-key' }]);
  });
  it('keys that differ in their last line only differ in their hash, and are two', () => {
    const [one, other] = [pem('OPENSSH PRIVATE KEY', 12), pem('OPENSSH PRIVATE KEY', 13)];
    expect(new Set(findSecrets(`${one}\n${other}`).map(({ hash }) => hash)).size).toBe(2);
  });
  it.each([
    ['a header that is looked for', `grep -q "${pemHeader('RSA PRIVATE KEY')}" file`],
    ['a variable in place of the key', `${pemHeader('PRIVATE KEY')}\n\${KEY}\n${pemHeader('PRIVATE KEY', 'END')}`],
    ['a mask', `${pemHeader('PRIVATE KEY')}\n${'x'.repeat(64)}\n${pemHeader('PRIVATE KEY', 'END')}`],
    ['a certificate', pem('CERTIFICATE')],
    ['a public key', pem('PUBLIC KEY')],
  ])('no key: %s', (_name, text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

const random = invented(24);
const uuid = [8, 4, 4, 4, 12].map((length) => invented(length, HEXADECIMAL)).join('-');

describe('literals under the names of secrets', () => {
  it.each([
    ['a shell variable', `export DB_PASSWORD=${password.replace('&', '_')}`, password.replace('&', '_')],
    ['a shell variable in quotes', `export DB_PASSWORD='${password}'`, password],
    ['a word as a shell variable', `MYSQL_ROOT_PASSWORD=correcthorse`, 'correcthorse'],
    ['the shortest password', `PGPASSWORD=horse`, 'horse'],
    ['behind the name of the variable that holds it', `Environment="DB_PASSWORD=${random} TZ=UTC"`, random],
    ['as an argument of docker run', `docker run -e API_KEY=${random} image`, random],
    ['JSON', `{"password": "${password}", "user": "me"}`, password],
    ['JSON within JSON', `"{\\"clientSecret\\":\\"${random}\\"}"`, random],
    ['a word in quotes', `password: "correcthorse"`, 'correcthorse'],
    ['YAML', `db:\n  password: ${random}\n  user: me`, random],
    ['INI', `password = ${random}`, random],
    ['PHP', `$config['db_password'] = '${password}';`, password],
    ['Ruby', `:password => "${password}"`, password],
    ['Go', `dbPassword := "${password}"`, password],
    ['PowerShell', `$AdminPassword = "${password}"`, password],
    ['a flag with =', `--db-password=${random}`, random],
    ['a flag', `vault login --token ${random}`, random],
    ['a PowerShell argument', `New-LocalUser -Password "${password}"`, password],
    ['a numbered name', `DB_PASSWORD2=${random}`, random],
    ['pass after a separator', `DB_PASS=${random}`, random],
    ['pwd after a separator', `MYSQL_PWD=${random}`, random],
    ['an API key', `DD_API_KEY=${invented(32, HEXADECIMAL)}`, invented(32, HEXADECIMAL)],
    ['a key with dashes', `api-key: ${random}`, random],
    [
      'a bootstrap token',
      `kubeadm join --token abcdef.${invented(16, HEXADECIMAL)}`,
      `abcdef.${invented(16, HEXADECIMAL)}`,
    ],
    ['a UUID', `AUTH_TOKEN=${uuid}`, uuid],
    ['a connection string', `AccountName=me;AccountKey=${random}==;`, `${random}==`],
    ['a query', `https://host/path?user=me&token=${random}&x=1`, random],
    ['a comment', `# password: ${random}`, random],
    ['the shortest token', 'TOKEN=a1b2c3d4', 'a1b2c3d4'],
    ['the fewest characters', 'TOKEN=1a1b1c1d1e', '1a1b1c1d1e'],
    ['a password of digits', `PASSWORD=31415926`, '31415926'],
  ])('%s', (_name, text, secret) => {
    expect(found(text)).toEqual([['assigned-secret', hashOf(secret)]]);
  });

  it.each([
    ['nothing', 'DB_PASSWORD=\nNEXT_LINE=hunter22xyz'],
    ['an empty string', 'DB_PASSWORD=""'],
    ['a variable', 'DB_PASSWORD=$DB_PASSWORD_FROM_STORE'],
    ['a variable in braces', 'DB_PASSWORD="${DB_PASSWORD_FROM_STORE}"'],
    ['a parameter', 'PASSWORD=$1'],
    ['a variable within', 'PASSWORD="prefix-${SUFFIX}-1"'],
    ['a substitution', 'DB_PASSWORD=$(aws ssm get-parameter --name /db/password)'],
    ['a substitution in backquotes', 'TOKEN=`curl -X PUT http://169.254.169.254/latest/api/token`'],
    ['a dynamic reference', "password: '{{resolve:secretsmanager:prod/db:SecretString:password}}'"],
    ['a template', 'password: {{ db_password1 }}'],
    ['a template of Terraform', 'password = "%{ if x }abc%{ endif }"'],
    ['a name in angle brackets', 'DB_PASSWORD=<your-password-1>'],
    ['a name in angle brackets, in quotes', 'DB_PASSWORD="<password1>"'],
    ['a name in brackets', 'DB_PASSWORD="[password1]"'],
    ['a Windows variable', 'set DB_PASSWORD=%STORED_PASSWORD1%'],
    ['marks of a build', 'DB_PASSWORD=@DB_PASSWORD1@ OTHER_PASSWORD=__DB_PASSWORD1__'],
    ['x over and over', 'DB_PASSWORD=xxxxxxxx'],
    ['asterisks', 'DB_PASSWORD="********"'],
    ['asterisks within', 'DB_PASSWORD="ab****yz1"'],
    ['an ellipsis', 'API_TOKEN=abcdef123...'],
    ['a word that asks to be changed', 'DB_PASSWORD=changeme123'],
    ['with dashes', 'DB_PASSWORD="change-me"'],
    ['the word example', 'API_TOKEN=example-token-12345'],
    ['a word that asks to be replaced', 'API_TOKEN=your_api_token_123'],
    ['an ARN', 'DB_SECRET=arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3'],
    ['a parameter path', 'DB_PASSWORD=/prod/db1/password2'],
    [
      'an ARN in a command',
      'aws secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-a1B2c3',
    ],
    ['a word in small letters, in a shell', 'password=correcthorse'],
    ['the name of a secret', 'DB_SECRET=prod/db/password-1'],
    ['the name of a Kubernetes secret', 'imagePullSecret: registry-credentials-2'],
    ['a CamelCase name', 'clientSecret: MyDatabaseSecret1'],
    ['the path of a file', 'token: /var/run/secrets/eks.amazonaws.com/serviceaccount/token'],
    ['a file in a URL', 'SSL_KEY_PASSWORD=file:///etc/pass1'],
    ['another store', 'DB_PASSWORD=op://vault1/item1/password'],
    ['a YAML tag', 'Password: !Ref DbPassword1'],
    ['a member of an object', 'password = var.db_password2'],
    ['a call', 'password = generate2(16)'],
    ['an index', 'password = os.environ2["DB"]'],
    ['a substitution that follows', 'PASSWORD=abc12`date`'],
    ['a word of a configuration', 'passwd: files systemd'],
    ['a switch', 'lock_passwd: false'],
    ['a number of seconds', 'X-aws-ec2-metadata-token: 21600'],
    ['a sentence', '"password": "the password of user 1"'],
    ['a longer name', 'PASSWORD_FILE=abc123def PasswordLength=123456 SECRET_ARN=a1b2c3d4e5'],
    ['a plural', 'tokens=a1b2c3d4e5f6'],
    ['the working directory', 'PWD=/root/a1b2c3 OLDPWD=a1b2c3'],
    ['a bypass', 'bypass=a1b2c3d4 compass: a1b2c3d4'],
    ['a token of a page', 'NextToken=a1b2c3d4e5f6 next_token: a1b2c3d4e5f6 "clientToken": "a1b2c3d4e5f6"'],
    ['an access key id', `aws_access_key=${accessKeyId}`],
    ['a short token', 'TOKEN=a1b2c3d'],
    ['a short password', 'PASSWORD=a1b2'],
    ['a token without digits', 'TOKEN=abcdefghijkl'],
    ['a token of digits', 'TOKEN=1234567890'],
    ['few characters', 'TOKEN=1a1b1c1d1a1b1c1d'],
    [
      'reading from standard input',
      'docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com',
    ],
    ['a hash of a password', 'passwd: $6$rounds=4096$saltsalt$hash'],
  ])('no secret: %s', (_name, text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

describe('passwords in URLs, commands and statements', () => {
  it.each([
    ['url-password', `postgres://app:${random}@db.internal:5432/app`, random],
    ['url-password', `redis://:${random}@cache:6379`, random],
    ['url-password', `git clone https://me:${random}@host/x.git`, random],
    ['authorization-header', `curl -H "Authorization: Bearer ${random}" https://host`, random],
    ['authorization-header', `'authorization': 'Basic ${random.slice(0, 16)}'`, random.slice(0, 16)],
    ['command-line-password', `curl -s -u admin:${random} https://host`, random],
    ['command-line-password', `curl --user 'admin:${random}' https://host`, random],
    ['command-line-password', `sshpass -p '${random}' ssh me@host`, random],
    ['command-line-password', `docker login -u me -p ${random} registry`, random],
    ['command-line-password', `mysql -u root -p${random} app`, random],
    ['command-line-password', `echo "root:${random}" | chpasswd`, random],
    ['command-line-password', `echo root:${random} | sudo chpasswd`, random],
    ['command-line-password', `net user admin ${password} /add`, password],
    ['command-line-password', `machine host login me password ${random}`, random],
    ['command-line-password', `ConvertTo-SecureString "${password}" -AsPlainText -Force`, password],
    ['sql-password', `CREATE USER 'app'@'%' IDENTIFIED BY '${password}';`, password],
    ['sql-password', `ALTER USER app WITH PASSWORD '${password}';`, password],
  ])('%s: %s', (pattern, text, secret) => {
    expect(found(text)).toEqual([[pattern, hashOf(secret)]]);
  });
  it.each([
    'https://user:password@host/',
    'https://user:$PASSWORD@host/',
    'https://user:${PASSWORD}@host/',
    'https://user:<password>@host/',
    'https://user:****@host/',
    'https://host:8080/path@v1',
    'arn:aws:iam::111122223333:user/me@example.com',
    'curl -H "Authorization: Bearer $TOKEN" https://host',
    'curl -H "Authorization: Bearer ${TOKEN_OF_THE_CLUSTER_1}" https://host',
    `curl -H "Authorization: Bearer ${random.slice(0, 15)}" https://host`,
    'curl -H "Authorization: Bearer of-good-news-for-all" https://host',
    'curl -u "$USER:$PASS" https://host',
    'curl -u admin:$PASS https://host',
    'sshpass -p "$PASS" ssh me@host',
    'docker login -p $(aws ecr get-login-password) registry',
    'mysql -u root -p"$PASS" app',
    'mysql -u root -P 3306 app',
    'echo "root:$PASS" | chpasswd',
    'net user admin /active:yes',
    'net user admin * /add',
    'ConvertTo-SecureString $plain -AsPlainText',
    'ConvertTo-SecureString "$plain" -AsPlainText',
    "CREATE USER app IDENTIFIED BY '${PASS}'",
  ])('no secret: %s', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });
});

describe('matches', () => {
  it('stand in the order of the text and name their lines', () => {
    const text = [`A_PASSWORD=${random}`, '', tokens[0]![1], '', `https://me:${random}@host`].join('\n');
    expect(findSecrets(text).map(({ pattern, line }) => [pattern, line])).toEqual([
      ['assigned-secret', 1],
      ['github-token', 3],
      ['url-password', 5],
    ]);
  });
  it('count lines that end in CR LF', () => {
    expect(findSecrets(`a\r\nb\r\nPASSWORD=${random}`)).toMatchObject([{ line: 3 }]);
  });
  it('on one line are told apart', () => {
    expect(findSecrets(`A_PASSWORD=${random} B_PASSWORD=${random}1`).map(({ line }) => line)).toEqual([1, 1]);
  });
  it('never hold the secret, nor a part of it', () => {
    const planted = fc.constantFrom(...tokens.map(([, token]) => token), `password='${password}'`, pem('PRIVATE KEY'));
    fc.assert(
      fc.property(fc.string(), planted, fc.string(), (before, secret, after) => {
        const result = findSecrets(`${before}\n${secret}\n${after}`);
        expect(result.length).toBeGreaterThan(0);
        for (const { pattern, hash, ...rest } of result) {
          expect(hash).toMatch(/^[0-9a-f]{12}$/);
          expect(pattern).toMatch(/^[a-z-]+$/);
          expect(rest).toEqual({ line: expect.any(Number) });
        }
      }),
    );
  });
});

/** A rule that looked at the text more than once from each place would run into the time limit of the test. */
describe('long lines take time in proportion', () => {
  it.each([
    'a',
    'aB3',
    'token=',
    'password: "',
    '"token":',
    '--a-',
    pemHeader('PRIVATE KEY'),
    `${accessKeyId} `,
    '://a:',
    'x:',
    'ghs_',
    'sk-a',
    'aaaaaaaaaaaaaa.atlasv1.',
    'curl -u a:',
    'docker login ',
    'mysql ',
    'login a password ',
    'identified by ',
    '\\',
    '"',
    ' ',
    '\r\n',
  ])('%j', (unit) => {
    const text = unit.repeat(Math.ceil(400_000 / unit.length));
    expect(findSecrets(text).length).toBeLessThan(text.length);
  });
});
