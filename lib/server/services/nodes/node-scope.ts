import "server-only";
import { nodeNamer } from "#lib/domain/nodes/node-names.ts";
import { nodeIdentities } from "#lib/domain/nodes/node-queries.ts";
import { type NodeScope, oneNode } from "#lib/domain/nodes/node-series.ts";
import { queryPlane } from "#lib/server/query/plane.ts";
import type { QueryContext } from "#lib/server/query/types.ts";

/** The addresses of a node's exporter, as a scope for queries; null when no source knows the node. */
export async function nodeScope(context: QueryContext, node: string): Promise<NodeScope | null> {
  const { data } = await queryPlane().instant(context, { expr: nodeIdentities() });
  const nameOf = nodeNamer(data);
  const own = data.filter(({ labels }) => labels.figure !== "up" && nameOf(labels) === node);
  if (own.length === 0) return null;
  const exporters = own.filter(({ labels }) => labels.figure === "exporter");
  const instances = exporters.flatMap(({ labels }) => labels.instance ?? []);
  return oneNode(node, [...new Set(instances)].sort());
}
