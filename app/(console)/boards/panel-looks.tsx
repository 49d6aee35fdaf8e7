import type { PanelLooks } from "#components/boards/panel-looks.ts";
import { levelFill } from "#components/logs/level-look.ts";
import { LinkedLines } from "#components/logs/linked-lines.tsx";

/** Where boards and log lines meet; trace ids lead to `traceUrl`. */
export function looksOf(traceUrl: string | null): PanelLooks {
  return {
    levelColor: levelFill,
    lines: (lines, label, query) => (
      <LinkedLines lines={lines} label={label} query={query} traceUrl={traceUrl} />
    ),
  };
}
