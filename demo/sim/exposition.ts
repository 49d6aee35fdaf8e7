import type { Labels } from "./series.ts";
import type { SimulatedTarget } from "./simulation.ts";

export const EXPOSITION_CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const ESCAPES: Record<string, string> = { "\\": "\\\\", '"': '\\"', "\n": "\\n" };

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels).map(
    ([name, value]) => `${name}="${value.replace(/[\\"\n]/g, (character) => ESCAPES[character]!)}"`,
  );
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

/** A target's scrape in Prometheus' text format; series that do not exist now are left out. */
export function expositionText({ families, first }: SimulatedTarget, values: Float64Array): string {
  const lines: string[] = [];
  let index = first;
  for (const { name, help, type, series } of families) {
    lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
    for (const one of series) {
      const value = values[index++]!;
      if (!Number.isNaN(value)) lines.push(`${one.name}${labelText(one.labels)} ${value}`);
    }
  }
  return `${lines.join("\n")}\n`;
}
