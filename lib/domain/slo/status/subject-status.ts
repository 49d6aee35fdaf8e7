import { type Status, worstStatus } from "#lib/domain/status/status.ts";
import type { SloStatus } from "./axes.ts";

/**
 * What an SLO's status says of its service or node, which know no `no_traffic`: where nobody asked, nothing is
 * known, and that is never green.
 */
export function statusOfSlo(status: SloStatus): Status {
  return status === "no_traffic" ? "no_data" : status;
}

/** A service's status is that of its worst SLO; without one, what its signals say (`otherwise`). */
export function statusOfService(slos: readonly SloStatus[], otherwise: Status): Status {
  return slos.length === 0 ? otherwise : worstStatus(slos.map(statusOfSlo));
}

/**
 * A node's status: the worst of its SLOs and its gauges. What a full disk or a dead node means is known at once,
 * while a budget takes minutes to burn; so SLOs make a node worse, never better.
 */
export function statusOfNode(slos: readonly SloStatus[], gauges: Status): Status {
  return worstStatus([...slos.map(statusOfSlo), gauges]);
}
