import cachePorts from '../../../checks/vpc/vpc-security-group-no-world-cache-and-queue-ports.ts';
import { cases } from '../../support/cases.ts';
import { group, networkInterface, rule } from './_network.ts';
import { portRows, worldRows } from './_world-rows.ts';

const inUse = { prefixLists: [], interfaces: [networkInterface()] };
const { pass, fail, skip, unknown } = worldRows('tcp', 2181, 'medium');

cases(cachePorts, {
  pass: [
    ...pass,
    {
      name: 'UDP on a port that is tested over TCP only',
      resource: group([rule({ protocol: 'udp', fromPort: 6379, toPort: 6379, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
    },
    {
      name: 'just below and just above Redis',
      resource: group([
        rule({ fromPort: 5673, toPort: 6378, cidrs: ['0.0.0.0/0'] }),
        rule({ fromPort: 6381, toPort: 8160, cidrs: ['0.0.0.0/0'] }),
      ]),
      with: inUse,
    },
  ],
  fail: [
    ...fail,
    ...portRows([
      ['Redis', 'tcp', 6379],
      ['Redis, readers of serverless caches', 'tcp', 6380],
      ['memcached', 'tcp', 11211],
      ['memcached, with which others are flooded', 'udp', 11211],
      ['Elasticsearch', 'tcp', 9200],
      ['Elasticsearch nodes', 'tcp', 9300],
      ['Kibana', 'tcp', 5601],
      ['Kafka', 'tcp', 9092],
      ['Kafka', 'tcp', 9093],
      ['Kafka over TLS', 'tcp', 9094],
      ['Kafka with SCRAM', 'tcp', 9096],
      ['Kafka with IAM', 'tcp', 9098],
      ['AMQP over TLS', 'tcp', 5671],
      ['AMQP', 'tcp', 5672],
      ['RabbitMQ management', 'tcp', 15672],
      ['ActiveMQ', 'tcp', 61616],
      ['NATS', 'tcp', 4222],
      ['ActiveMQ console', 'tcp', 8161],
    ]),
    {
      name: 'every protocol',
      resource: group([rule({ protocol: '-1', fromPort: null, toPort: null, cidrs: ['0.0.0.0/0'] })]),
      with: inUse,
      params: { tcpPorts: [6379] },
      message: 'the internet reaches caches, search engines or brokers',
      evidence: { open: ['tcp 6379', 'udp 11211'], sources: ['0.0.0.0/0'] },
    },
  ],
  skip,
  unknown,
});
