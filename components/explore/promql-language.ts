import type { Extension } from "@codemirror/state";
import { PromQLExtension } from "@prometheus-io/codemirror-promql";

const LOOK_BACK_MS = 12 * 3_600_000;

/** PromQL with its own checks, completed with the metrics and labels that the viewer may see. */
export function promqlSupport(): { extension: Extension; close: () => void } {
  const promql = new PromQLExtension().setComplete({
    remote: {
      url: "/api/prometheus",
      lookbackInterval: LOOK_BACK_MS,
      // Without names to offer the language itself is still completed; descriptions are not for the confined.
      httpErrorHandler: () => undefined,
    },
  });
  return { extension: promql.asExtension(), close: () => promql.destroy() };
}
