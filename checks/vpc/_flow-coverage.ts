import { rated } from '../../lib/core/check.ts';
import { ifKnown } from '../../lib/core/knowledge.ts';
import { anyOf } from '../../lib/core/logic.ts';
import type { Table, Verdict, View } from '../../lib/core/model.ts';

type FlowLog = View<'AWS::EC2::FlowLog'>;
interface Places {
  readonly flowLogs: Table<FlowLog>;
  readonly subnets: Table<View<'AWS::EC2::Subnet'>>;
  readonly interfaces: Table<View<'AWS::EC2::NetworkInterface'>>;
}

interface Context extends Places {
  readonly params: { readonly trafficTypes: readonly string[] };
}

/** Transit gateways and NAT gateways have flow logs too. */
const IN_VPC = /^(?:vpc|subnet|eni)-/;

/** Do flow logs that pass the test cover the whole VPC: its own, those of every subnet, or of every network interface? */
export function isCovered(
  vpc: string,
  { flowLogs, subnets, interfaces }: Places,
  test: (log: FlowLog) => boolean,
): boolean {
  // Where no log passes, nothing is covered, whatever else is not known.
  if (!flowLogs.some((log) => IN_VPC.test(log.resource) && test(log))) return false;
  const has = (id: string) => flowLogs.having('resource', id).some(test);
  return anyOf(
    () => has(vpc),
    () => isAllOfSome(subnets.having('vpc', vpc), (subnet) => has(subnet.id)),
    () =>
      isAllOfSome(interfaces.having('vpc', vpc), (one) =>
        anyOf(
          () => has(one.id),
          () => has(one.subnet),
        ),
      ),
  );
}

/** Do flow logs that pass the test record the wanted traffic of the whole VPC? */
export function isRecordedBy(vpc: string, context: Context, test: (log: FlowLog) => boolean): boolean {
  return isCovered(vpc, context, (log) => isRecording(log, context.params.trafficTypes) && test(log));
}

/** Rates a verdict about a VPC that flow logs do not cover: it is mild where that passes, or nothing is there to record. */
export function rateUncovered(vpc: string, context: Context, verdict: Verdict): Verdict {
  const isPassing = () => isRecordedBy(vpc, context, (log) => isDelivered(log) || isThrottled(log));
  if (ifKnown(isPassing, false)) return rated('low', 'delivery is throttled for a while', verdict);
  const isIdle = ifKnown(() => !context.interfaces.having('vpc', vpc).some(() => true), false);
  return isIdle ? rated('low', 'the VPC has no network interface', verdict) : verdict;
}

/** A VPC that has no subnet yet is not covered through its subnets. */
function isAllOfSome<V>(rows: Table<V>, test: (row: V) => boolean): boolean {
  return rows.every(test) && rows.some(() => true);
}

function isRecording({ status, trafficType }: FlowLog, trafficTypes: readonly string[]): boolean {
  return status === 'ACTIVE' && trafficTypes.includes(trafficType);
}

export function isDelivered({ delivery }: FlowLog): boolean {
  return delivery !== 'FAILED';
}

/** Throttling by CloudWatch Logs passes by itself, unlike the other errors of delivery. */
function isThrottled({ deliveryError }: FlowLog): boolean {
  return deliveryError === 'Rate limited';
}

/** The fields that decide: evidence. */
export function describedLog({ id, status, trafficType, delivery, deliveryError }: FlowLog) {
  return { id, status, trafficType, delivery, deliveryError };
}
