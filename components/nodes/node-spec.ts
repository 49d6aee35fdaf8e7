import { pageSpec, type PageSpec } from "#lib/client/page-spec.ts";

const NODE_PANELS = [
  "node.health",
  "node.cpu",
  "node.load",
  "node.memory",
  "node.filesystems",
  "node.disk-io",
  "node.network",
  "node.temperature",
  "node.services",
  "node.pods",
  "node.logs",
] as const;

/** All that a node's page shows, in one request. */
export function nodePage(node: string): PageSpec {
  return pageSpec(
    `nodes/${node}`,
    NODE_PANELS.map((panel) => ({ panel, params: { node } })),
  );
}

/** The list of nodes. */
export const NODES_PAGE = pageSpec("nodes", [{ panel: "cluster.nodes" }]);
