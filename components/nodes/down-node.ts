import type { NodeHealth } from "#lib/contracts/cluster.ts";

const NOTHING = { level: "UNKNOWN", ratio: null } as const;

/**
 * A node as it may be shown: rates outlive the last scrape by their window, so a node that is down has
 * no present figures, however much its last minutes still say.
 */
export function withoutLeftovers(node: NodeHealth): NodeHealth {
  if (node.up !== false) return node;
  return {
    ...node,
    load1: null,
    uptimeSeconds: null,
    temperatureCelsius: null,
    cpu: { ...node.cpu, ...NOTHING },
    memory: { ...node.memory, ...NOTHING, risePerDayRatio: null },
    disk: { ...node.disk, ...NOTHING, fullInDays: null },
    diskIo: { ...node.diskIo, ...NOTHING },
    network: { ...node.network, ...NOTHING, bytesPerSecond: null },
  };
}
