import { expect, test } from "vitest";
import { ALL_NODES, cpuBusy, cpuByMode } from "./node-series.ts";

const rate = (matcher: string) => `rate(node_cpu_seconds_total${matcher}[300s])`;

// A node that comes back after a gap has few seconds in its window: against the clock they would read as 90 % busy.
test("CPU is measured against the CPU time that was scraped, not against the clock", () => {
  const all = `sum by (node, instance) (${rate("")})`;
  expect(cpuBusy(ALL_NODES, 300)).toBe(`1 - sum by (node, instance) (${rate('{mode="idle"}')}) / ${all}`);
  expect(cpuByMode(ALL_NODES, 300)).toBe(
    `sum by (node, instance, mode) (${rate('{mode!="idle"}')}) / on (node, instance) group_left () ${all}`,
  );
});
