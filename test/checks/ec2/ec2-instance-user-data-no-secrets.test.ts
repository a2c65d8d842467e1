import noSecrets from '../../../checks/ec2/ec2-instance-user-data-no-secrets.ts';
import { cases } from '../../support/cases.ts';
import { instance } from './_network.ts';

const match = (hash: string, line = 3) => ({ pattern: 'private-key', line, hash });
const text = (...matches: ReturnType<typeof match>[]) => ({
  ...instance,
  userData: { kind: 'text' as const, matches },
});
const many = Array.from({ length: 21 }, (_, index) => match('000000000000', index + 1));

cases(noSecrets, {
  pass: [
    {
      name: 'no user data',
      resource: { ...instance, userData: { kind: 'empty', matches: [] } },
      message: 'no user data',
    },
    { name: 'no secret', resource: text(), message: 'no secret', evidence: { accepted: 0 } },
    {
      name: 'an accepted secret',
      resource: text(match('aaaaaaaaaaaa')),
      params: { ignoreHashes: ['aaaaaaaaaaaa'] },
      evidence: { accepted: 1 },
    },
  ],
  fail: [
    {
      name: 'a secret',
      resource: text(match('aaaaaaaaaaaa')),
      message: 'secrets in user data: 1',
      evidence: { matches: [match('aaaaaaaaaaaa')] },
    },
    {
      name: 'another secret than the accepted one',
      resource: text(match('aaaaaaaaaaaa'), match('bbbbbbbbbbbb')),
      params: { ignoreHashes: ['aaaaaaaaaaaa'] },
      evidence: { matches: [match('bbbbbbbbbbbb')] },
    },
    {
      name: 'a secret beside binary content',
      resource: { ...instance, userData: { kind: 'binary', matches: [match('aaaaaaaaaaaa')] } },
    },
    { name: 'a stopped instance', resource: { ...text(match('aaaaaaaaaaaa')), state: 'stopped' } },
    {
      name: 'more secrets than evidence holds',
      resource: text(...many),
      message: 'secrets in user data: 21',
      evidence: { matches: many.slice(0, 20) },
    },
  ],
  skip: [
    {
      name: 'terminated since its user data was read',
      resource: { ...text(match('aaaaaaaaaaaa')), state: 'terminated' },
    },
    { name: 'terminated', resource: { ...instance, state: 'terminated', userData: null } },
    {
      name: 'shutting down',
      resource: { ...instance, state: 'shutting-down', userData: null },
      message: 'shutting-down',
    },
  ],
  unknown: [
    {
      name: 'binary content',
      resource: { ...instance, userData: { kind: 'binary', matches: [] } },
      message: 'by hand',
    },
    {
      name: 'binary content beside an accepted secret',
      resource: { ...instance, userData: { kind: 'binary', matches: [match('aaaaaaaaaaaa')] } },
      params: { ignoreHashes: ['aaaaaaaaaaaa'] },
    },
  ],
});
