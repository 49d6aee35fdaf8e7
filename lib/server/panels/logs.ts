import "server-only";
import type { PanelLoader } from "#lib/server/query/panel-loader.ts";
import { recentLogs } from "#lib/server/query/loki/logs.ts";
import { knownService } from "./known-service.ts";

const LINES = 100;

/** The newest lines of a service within the page's range. */
export const serviceLogs: PanelLoader<"service.logs"> = async (context, { service }) => {
  const { name } = await knownService(context.actor, service);
  return recentLogs(context, { labels: { service: name } }, context.range, LINES);
};

/** The newest lines of everything on a node; logs of a node that no metric names are shown as well. */
export const nodeLogs: PanelLoader<"node.logs"> = async (context, { node }) =>
  recentLogs(context, { labels: { node } }, context.range, LINES);
