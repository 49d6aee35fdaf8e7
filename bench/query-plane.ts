import { benchDashboards } from "./query-plane/dashboards.ts";
import { benchForeign } from "./query-plane/foreign.ts";
import { benchMemory } from "./query-plane/memory.ts";
import { benchRefresh } from "./query-plane/refresh.ts";
import { startWorld } from "./query-plane/world.ts";
import type { Arm, Bar } from "./report.ts";

/** The query plane over a real Prometheus: refreshes, foreign clients, two hundred dashboards, and what its caches weigh. */
export async function benchQueryPlane(rounds: number): Promise<{ arms: Arm[]; bars: Bar[] }> {
  const turns = Math.max(rounds, 5);
  const prometheus = await startWorld();
  try {
    const parts = [
      await benchRefresh(prometheus, turns),
      await benchForeign(prometheus, turns),
      await benchDashboards(prometheus, turns),
      await benchMemory(prometheus),
    ];
    return { arms: parts.flatMap(({ arms }) => arms), bars: parts.flatMap(({ bars }) => bars) };
  } finally {
    await prometheus.remove();
  }
}
