import "server-only";
import type { PanelLine, PanelParams, PanelRequest, PanelsRequest } from "#lib/contracts/panels.ts";
import { AppError, toProblem } from "#lib/server/errors.ts";
import { log } from "#lib/server/log.ts";
import type { PanelRegistry } from "./panel-loader.ts";
import { isPanelName, runPanel, type PanelCaller } from "./run-panel.ts";

/**
 * Starts all panels of a page at once and answers a line each, in the order asked; a failing panel's line
 * carries its problem. The promises never reject.
 */
export function panelLines(
  registry: PanelRegistry,
  caller: PanelCaller,
  wanted: PanelsRequest,
  requestId: string,
): Promise<PanelLine>[] {
  return wanted.panels.map(async ({ id, panel, params, widthPx }, index): Promise<PanelLine> => {
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
      return { id, ok: true, answer, queries };
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
