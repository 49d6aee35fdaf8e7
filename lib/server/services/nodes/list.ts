import "server-only";
import { ListNodes } from "#lib/contracts/api.ts";
import type { NodeHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { parseInput } from "#lib/server/errors.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureNodes } from "./measure-nodes.ts";

/** Nodes with their saturation, worst first; `q` looks into name and role. */
export async function listNodes(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<{ nodes: NodeHealth[] }>> {
  authorize(actor, "measurements:read");
  const { q, status } = parseInput(ListNodes, input);
  const isWanted = (node: NodeHealth) =>
    (q === undefined || `${node.name} ${node.role ?? ""}`.toLowerCase().includes(q.toLowerCase())) &&
    (status === undefined || node.status === status);
  const measured = await measureNodes({ actor, signal }, Date.now());
  return mapMeasured(measured, (nodes) => ({ nodes: nodes.filter(isWanted) }));
}
