import { expect, it } from "vitest";
import { metricsRead } from "./metrics-read.ts";

it.each([
  ["up == 0", ["up"]],
  [
    "sum by (node) (rate(node_cpu_seconds_total{mode='idle'}[5m])) / kube_node_info",
    ["node_cpu_seconds_total", "kube_node_info"],
  ],
  ['{__name__="up"}', []],
  ["vector(1)", []],
  ["up and on (node) up", ["up"]],
])("%s reads %j", (expr, expected) => expect(metricsRead(expr)).toEqual(expected));
