import type {
  DescribeClientVpnEndpointsRequest,
  DescribeClientVpnEndpointsResult,
  DescribeInstanceConnectEndpointsRequest,
  DescribeInstanceConnectEndpointsResult,
  DescribeTransitGatewayVpcAttachmentsRequest,
  DescribeTransitGatewayVpcAttachmentsResult,
  DescribeVpnConnectionsRequest,
  DescribeVpnConnectionsResult,
  DescribeVpnGatewaysRequest,
  DescribeVpnGatewaysResult,
} from '@aws-sdk/client-ec2';
import type { Described } from '../defaults/common.ts';
import type { Context } from './context.ts';
import { byId, pageOf, rules } from './ec2-pages.ts';
import { filtered } from './filters.ts';

/** The ways into a VPC other than the internet. */
export const access = {
  DescribeInstanceConnectEndpoints(
    input: DescribeInstanceConnectEndpointsRequest,
    context: Context,
  ): Described<DescribeInstanceConnectEndpointsResult> {
    const missing = { code: 'InvalidInstanceConnectEndpointId.NotFound', what: 'instance connect endpoint ID' };
    const all = context.here.ec2.InstanceConnectEndpoints;
    const ids = input.InstanceConnectEndpointIds;
    const named = byId(all, ids, ({ InstanceConnectEndpointId }) => InstanceConnectEndpointId, input, missing);
    const endpoints = filtered(named, input.Filters, {
      'instance-connect-endpoint-id': (one) => one.InstanceConnectEndpointId,
      state: (one) => one.State,
      'subnet-id': (one) => one.SubnetId,
      'vpc-id': (one) => one.VpcId,
    });
    const { found, more } = pageOf(endpoints, input, context, rules(1, 50));
    return { InstanceConnectEndpoints: found, ...more };
  },

  DescribeVpnGateways(input: DescribeVpnGatewaysRequest, { here }: Context): Described<DescribeVpnGatewaysResult> {
    const missing = { code: 'InvalidVpnGatewayID.NotFound', what: 'vpnGateway ID' };
    const named = byId(here.ec2.VpnGateways, input.VpnGatewayIds, ({ VpnGatewayId }) => VpnGatewayId, {}, missing);
    const gateways = filtered(named, input.Filters, {
      'attachment.vpc-id': (one) => one.VpcAttachments?.map(({ VpcId }) => VpcId),
      'attachment.state': (one) => one.VpcAttachments?.map(({ State }) => State),
      state: (one) => one.State,
      'vpn-gateway-id': (one) => one.VpnGatewayId,
    });
    return { VpnGateways: [...gateways] };
  },

  DescribeVpnConnections(
    input: DescribeVpnConnectionsRequest,
    { here }: Context,
  ): Described<DescribeVpnConnectionsResult> {
    const missing = { code: 'InvalidVpnConnectionID.NotFound', what: 'vpnConnection ID' };
    const all = here.ec2.VpnConnections;
    const named = byId(all, input.VpnConnectionIds, ({ VpnConnectionId }) => VpnConnectionId, {}, missing);
    const connections = filtered(named, input.Filters, {
      state: (one) => one.State,
      'vpn-connection-id': (one) => one.VpnConnectionId,
      'vpn-gateway-id': (one) => one.VpnGatewayId,
      'transit-gateway-id': (one) => one.TransitGatewayId,
    });
    return { VpnConnections: [...connections] };
  },

  DescribeClientVpnEndpoints(
    input: DescribeClientVpnEndpointsRequest,
    context: Context,
  ): Described<DescribeClientVpnEndpointsResult> {
    const missing = { code: 'InvalidClientVpnEndpointId.NotFound', what: 'client VPN endpoint' };
    const all = context.here.ec2.ClientVpnEndpoints;
    const ids = input.ClientVpnEndpointIds;
    const named = byId(all, ids, ({ ClientVpnEndpointId }) => ClientVpnEndpointId, input, missing);
    const endpoints = filtered(named, input.Filters, {
      'endpoint-id': (one) => one.ClientVpnEndpointId,
      'transport-protocol': (one) => one.TransportProtocol,
    });
    const { found, more } = pageOf(endpoints, input, context);
    return { ClientVpnEndpoints: found, ...more };
  },

  DescribeTransitGatewayVpcAttachments(
    input: DescribeTransitGatewayVpcAttachmentsRequest,
    context: Context,
  ): Described<DescribeTransitGatewayVpcAttachmentsResult> {
    const missing = { code: 'InvalidTransitGatewayAttachmentID.NotFound', what: 'transit gateway attachment' };
    const all = context.here.ec2.TransitGatewayVpcAttachments;
    const ids = input.TransitGatewayAttachmentIds;
    const named = byId(all, ids, (one) => one.TransitGatewayAttachmentId, input, missing);
    const attachments = filtered(named, input.Filters, {
      state: (one) => one.State,
      'transit-gateway-attachment-id': (one) => one.TransitGatewayAttachmentId,
      'transit-gateway-id': (one) => one.TransitGatewayId,
      'vpc-id': (one) => one.VpcId,
    });
    const { found, more } = pageOf(attachments, input, context);
    return { TransitGatewayVpcAttachments: found, ...more };
  },
};
