import "server-only";
import type { IncomingMessage, ServerResponse } from "node:http";
import { handleAlertmanagerWebhook } from "#lib/server/alerts/webhook.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { requireActor } from "#lib/server/auth/authenticate.ts";
import { requireBearer } from "#lib/server/auth/bearer-memo.ts";
import { panelRegistry } from "#lib/server/panels/registry.ts";
import { handlePanels } from "#lib/server/query/panels-endpoint.ts";
import { handleForeign } from "#lib/server/query/foreign/handle-foreign.ts";
import { isForeign } from "#lib/server/query/foreign/find-target.ts";
import { handleLogTail } from "#lib/server/stream/handle-log-tail.ts";
import { handleStream } from "#lib/server/stream/handle-stream.ts";
import { logTails } from "#lib/server/stream/log-tails.ts";
import { timelineHub } from "#lib/server/stream/timeline-hub.ts";
import { pathOf } from "./path-of.ts";
import { webHeaders } from "./vouch-for.ts";

type Route = (request: IncomingMessage, response: ServerResponse, requestId: string) => Promise<void>;

/** What the listener answers itself, by path: Next's handlers are ten times slower and cannot compress. */
export const HOT_ROUTES: Readonly<Record<string, Route>> = {
  "/api/v1/panels": async (request, response, requestId) => {
    const actor = await requireActor(webHeaders(request));
    authorize(actor, "measurements:read");
    await handlePanels(request, response, { actor, requestId, registry: panelRegistry });
  },
  "/api/v1/stream": (request, response) =>
    handleStream(request, response, {
      hub: timelineHub(),
      actorOf: () => requireActor(webHeaders(request)),
    }),
  "/api/v1/logs/tail": (request, response) =>
    handleLogTail(request, response, {
      tails: logTails(),
      actorOf: () => requireActor(webHeaders(request)),
    }),
  "/api/webhooks/alertmanager": async (request, response) => {
    await handleAlertmanagerWebhook(request, response, await requireActor(webHeaders(request)));
  },
};

/** The query APIs for Grafana, promtool and logcli. */
const foreign: Route = (request, response, requestId) =>
  handleForeign(request, response, pathOf(request), {
    requestId,
    address: String(request.headers["x-forwarded-for"] ?? "") || null,
    actorOf: () => requireBearer(request.headers.authorization, () => webHeaders(request)),
  });

/** The listener's own route for a path, if it has one. */
export function hotRoute(path: string): Route | undefined {
  return HOT_ROUTES[path] ?? (isForeign(path) ? foreign : undefined);
}
