import type { NodeHealth } from "#lib/contracts/cluster.ts";
import { countOf } from "#lib/domain/words/language.ts";

/** Nodes by name: a strip keeps its place while its state changes. */
export function sortNodes(nodes: readonly NodeHealth[]): NodeHealth[] {
  return [...nodes].sort((a, b) => a.name.localeCompare(b.name));
}

/** A list's title: "3 nodes, all up" or "3 nodes, 1 down, 1 without data". */
export function nodesInWords(nodes: readonly Pick<NodeHealth, "up">[]): string {
  const down = nodes.filter(({ up }) => up === false).length;
  const unknown = nodes.filter(({ up }) => up === null).length;
  const all = countOf(nodes.length, "node");
  if (down === 0 && unknown === 0) return `${all}, all up`;
  const parts = [down > 0 && `${down} down`, unknown > 0 && `${unknown} without data`];
  return [all, ...parts.filter(Boolean)].join(", ");
}
