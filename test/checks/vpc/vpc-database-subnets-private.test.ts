import databaseSubnets from '../../../checks/vpc/vpc-database-subnets-private.ts';
import { cases } from '../../support/cases.ts';
import { prefixList, route, routeTable, subnet, TO_INTERNET, TO_INTERNET_IPV6 } from './_network.ts';

const LOCAL = route({ destination: '10.0.0.0/16', gatewayId: 'local' });
const group = { type: 'AWS::RDS::DBSubnetGroup', id: 'orders', vpc: 'vpc-1', subnets: ['subnet-1', 'subnet-2'] } as const;
