import cors from '../../../checks/s3/s3-bucket-cors-restricted.ts';
import { cases } from '../../support/cases.ts';

const rule = (origins: string[], methods: string[] = ['PUT'], exposedHeaders: string[] = []) => ({
  cors: [{ origins, methods, exposedHeaders }],
});
const APP = 'https://app.example.com';

cases(cors, {
  pass: [
    { name: 'NoSuchCORSConfiguration', resource: { cors: null }, message: 'no page' },
    { name: 'one page may write', resource: rule([APP]), message: 'named origins', evidence: rule([APP]) },
    { name: 'all pages of a domain', resource: rule(['https://*.example.com'], ['PUT', 'POST', 'DELETE']) },
    { name: 'a port', resource: rule(['https://*:8443']) },
    { name: 'a page by plain HTTP may read', resource: rule(['http://app.example.com'], ['GET', 'HEAD']) },
    {
      name: 'an origin by plain HTTP that is accepted',
      resource: rule(['http://localhost:3000']),
      params: { allowedOrigins: ['http://localhost:3000'] },
    },
    { name: 'everybody, which is accepted', resource: rule(['*']), params: { allowedOrigins: ['*'] } },
    { name: 'other headers', resource: rule([APP], ['GET'], ['ETag', 'x-amz-request-id']) },
    { name: 'no rules', resource: { cors: [] } },
  ],
  fail: [
    {
      name: 'everybody may write',
      resource: rule(['*']),
      message: /^pages of \* may write$/,
      evidence: rule(['*']),
      severity: undefined,
    },
    { name: 'everybody may post', resource: rule(['*'], ['GET', 'POST']) },
    { name: 'everybody may delete', resource: rule(['*'], ['DELETE']) },
    { name: 'everybody by TLS', resource: rule(['https://*']) },
    { name: 'everybody without TLS', resource: rule(['http://*']) },
    { name: 'one page by plain HTTP', resource: rule(['http://app.example.com']), severity: undefined },
    { name: 'any scheme', resource: rule(['*://app.example.com']) },
    { name: 'no scheme', resource: rule(['*.example.com']) },
    {
      name: 'each once, and no origin that is fine',
      resource: { cors: [...rule([APP, '*']).cors, ...rule(['*', 'http://a.example.com']).cors] },
      message: /^pages of \*, http:\/\/a.example.com may write$/,
    },
    {
      name: 'one that is not accepted beside one that is',
      resource: rule(['http://a.example.com', 'http://b.example.com']),
      params: { allowedOrigins: ['http://a.example.com'] },
      message: /^pages of http:\/\/b.example.com may write$/,
    },
    {
      name: 'reading for everybody in one rule, writing in another',
      resource: { cors: [...rule(['*'], ['GET']).cors, ...rule([APP]).cors] },
      severity: 'low',
      message: /^pages of \* may read \(low/,
    },
    { name: 'everybody may read', resource: rule(['*'], ['GET', 'HEAD']), severity: 'low' },
    { name: 'everybody may read by TLS', resource: rule(['https://*'], ['GET']), severity: 'low' },
    { name: 'everybody may read without TLS', resource: rule(['http://*'], ['GET']), severity: 'low' },
    {
      name: 'the session token is shown',
      resource: rule([APP], ['GET'], ['ETag', 'X-Amz-Security-Token']),
      severity: undefined,
      message: 'session token',
    },
  ],
});
