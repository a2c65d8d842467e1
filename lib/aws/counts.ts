/** How often an operation was asked in one region. `calls` counts every attempt, as AWS and CloudTrail count them. */
export interface CallCount {
  readonly service: string;
  readonly region: string;
  readonly operation: string;
  readonly calls: number;
  readonly throttled: number;
}
export interface CallCounts {
  called(service: string, region: string, operation: string): void;
  throttled(service: string, region: string, operation: string): void;
  total(): number;
  /** Most called first. */
  list(): readonly CallCount[];
}

/** Counts of several sessions as one, most called first. */
export function mergedCounts(counts: readonly CallCount[]): readonly CallCount[] {
  const groups = Map.groupBy(counts, ({ service, region, operation }) => `${service} ${region} ${operation}`);
  return [...groups.values()]
    .map((group) => ({
      ...group[0]!,
      calls: group.reduce((sum, { calls }) => sum + calls, 0),
      throttled: group.reduce((sum, { throttled }) => sum + throttled, 0),
    }))
    .toSorted((a, b) => b.calls - a.calls);
}

export function callCounts(): CallCounts {
  const counts = new Map<
    string,
    { service: string; region: string; operation: string; calls: number; throttled: number }
  >();
  let total = 0;
  const of = (service: string, region: string, operation: string) => {
    const key = `${service} ${region} ${operation}`;
    const count = counts.get(key) ?? { service, region, operation, calls: 0, throttled: 0 };
    counts.set(key, count);
    return count;
  };
  return {
    called(...call) {
      of(...call).calls += 1;
      total += 1;
    },
    total: () => total,
    throttled: (...call) => void (of(...call).throttled += 1),
    list: () => [...counts.values()].toSorted((a, b) => b.calls - a.calls),
  };
}
