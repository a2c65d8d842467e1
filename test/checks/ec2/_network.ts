/** A VPC with a subnet that an internet gateway serves and one that none serves, for both families. */
const none = { destination: null, destinationIpv6: null, prefixList: null, peering: null };
const route = { ...none, gatewayId: 'igw-1', state: 'active' };
const place = { owner: '111122223333', vpc: 'vpc-1', internetGatewayBlockMode: null };
const subnet = { ...place, mapPublicIp: false, assignIpv6: false, defaultForAz: false };
const toInternet = [
  { ...route, destination: '0.0.0.0/0' },
  { ...route, destinationIpv6: '::/0' },
];

export const network = {
  subnets: [
    { ...subnet, id: 'subnet-public' },
    { ...subnet, id: 'subnet-private' },
  ],
  routeTables: [
    {
      id: 'rtb-main',
      vpc: 'vpc-1',
      main: true,
      subnets: [],
      routes: [{ ...route, destinationIpv6: '::/0', gatewayId: 'eigw-1' }],
    },
    { id: 'rtb-1', vpc: 'vpc-1', main: false, subnets: ['subnet-public'], routes: toInternet },
  ],
  prefixLists: [],
};

/** As `network`, with a route by a prefix list in place of ::/0. */
export const networkWithPrefixList = (entries: string[]) => ({
  subnets: network.subnets,
  routeTables: [{ ...network.routeTables[1]!, routes: [{ ...route, prefixList: 'pl-1' }] }],
  prefixLists: [{ id: 'pl-1', owner: '111122223333', entries }],
});

export const networkInterface = {
  id: 'eni-1',
  subnet: 'subnet-public',
  vpc: 'vpc-1',
  groups: [],
  publicIps: [],
  ipv6Addresses: [],
};

export const instance = {
  state: 'running' as const,
  launchTime: '2025-01-01T00:00:00.000Z',
  created: '2025-01-01T00:00:00.000Z',
  stateTransitionReason: '',
  image: 'ami-1',
  keyName: null,
  isWindows: false,
  instanceProfile: null,
  httpTokens: 'optional' as const,
  httpEndpoint: 'enabled' as const,
  hopLimit: 1,
  metadataOptionsState: 'applied' as const,
  publicIps: [],
  interfaces: [networkInterface],
};
