import "server-only";
import { parser } from "@prometheus-io/lezer-promql";

/** The names of the metrics that a PromQL expression reads, as far as it names them before the braces. */
export function metricsRead(expr: string): string[] {
  const names = new Set<string>();
  parser.parse(expr).iterate({
    enter: ({ name, node }) => {
      if (name !== "VectorSelector") return;
      const metric = node.getChild("Identifier");
      if (metric) names.add(expr.slice(metric.from, metric.to));
    },
  });
  return [...names];
}
