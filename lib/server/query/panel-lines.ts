import "server-only";
import {
  type PanelLine,
  type PanelParams,
  type PanelRequest,
  PANELS,
  type PanelsRequest,
} from "#lib/contracts/panels.ts";
import { SeriesData } from "#lib/contracts/series.ts";
import { AppError, toProblem } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";
import type { PanelRegistry } from "./panel-loader.ts";
import { isPanelName, runPanel, type PanelCaller } from "./run-panel.ts";
import { tellChart } from "./sent-charts.ts";

/**
 * Starts all panels of a page at once and answers a line each, in the order asked; a failing panel's line
 * carries its problem, that of a chart whose older state the caller holds only what is newer. The promises never reject.
 */
export function panelLines(
  registry: PanelRegistry,
  caller: PanelCaller,
  wanted: PanelsRequest,
  requestId: string,
): Promise<PanelLine>[] {
  return wanted.panels.map(async ({ id, panel, params, widthPx, have }, index): Promise<PanelLine> => {
    try {
      const known = panelName(panel, `panels.${index}.panel`);
      // Still unchecked: runPanel parses them with the panel's own schema.
      const call = {
        panel: known,
        params: params as PanelParams<typeof known>,
        range: wanted.range,
        widthPx,
      };
      const { answer, queries } = await runPanel(registry, caller, call, `panels.${index}.params`);
      if (PANELS[known].data !== SeriesData) return { id, ok: true, answer, queries };
      const { data, ...which } = tellChart(answer.data as SeriesData, have);
      const told = { ...answer, data };
      return { id, ok: true, answer: told, queries: "onto" in which ? [] : queries, ...which };
    } catch (error) {
      const problem = toProblem(error, requestId);
      if (problem.code === "internal") log().error({ err: error, requestId, panel }, "panel failed");
      return { id, ok: false, problem };
    }
  });
}

function panelName(name: PanelRequest["panel"], path: string) {
  if (isPanelName(name)) return name;
  const message = "is not the name of a panel";
  throw new AppError("invalid", `${path} ${message}`, { fields: [{ path, message }] });
}
