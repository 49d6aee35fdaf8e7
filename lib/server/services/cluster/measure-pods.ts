import "server-only";
import type { Measured } from "#lib/contracts/measured.ts";
import { podStates, podUsage } from "#lib/domain/nodes/pod-queries.ts";
import { type Pod, readPods } from "#lib/domain/nodes/pods.ts";
import { rateWindowSeconds } from "#lib/domain/signals/request-queries.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";
import { gather, mapMeasured } from "./gather.ts";

/** Every pod of the cluster with its state and what it uses. */
export async function measurePods(context: QueryContext): Promise<Measured<Pod[]>> {
  const plane = queryPlane();
  const parts = await gather({
    states: { what: "pod states", read: plane.instant(context, { expr: podStates() }) },
    usage: { what: "pod usage", read: plane.instant(context, { expr: podUsage(rateWindowSeconds(0)) }) },
  });
  return mapMeasured(parts, ({ states, usage }) => readPods(states ?? [], usage ?? []));
}
