import { quote } from "#lib/domain/promql/quote.ts";

/** A series as PromQL names it: its metric, and its labels by their names' order. */
export function seriesText({ __name__: metric = "", ...labels }: Readonly<Record<string, string>>): string {
  const matchers = Object.entries(labels)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${quote(value)}`);
  return matchers.length === 0 && metric !== "" ? metric : `${metric}{${matchers.join(", ")}}`;
}
