import "server-only";
import { OneNode } from "#lib/contracts/api.ts";
import type { NodeHealth } from "#lib/contracts/cluster.ts";
import type { Measured } from "#lib/contracts/measured.ts";
import type { Actor } from "#lib/server/auth/actor.ts";
import { authorize } from "#lib/server/auth/authorize.ts";
import { AppError, parseInput } from "#lib/server/errors.ts";
import { mapMeasured } from "#lib/server/services/cluster/gather.ts";
import { measureNodes } from "./measure-nodes.ts";

/** One node with its saturation. @throws `not_found` when no source names it. */
export async function getNode(
  actor: Actor,
  input: unknown,
  { signal }: { signal: AbortSignal },
): Promise<Measured<{ node: NodeHealth }>> {
  authorize(actor, "measurements:read");
  const { node: name } = parseInput(OneNode, input);
  return mapMeasured(await measureNodes({ actor, signal }, Date.now()), (nodes) => {
    const node = nodes.find((one) => one.name === name);
    if (!node) throw new AppError("not_found", `there is no node ${JSON.stringify(name)}`);
    return { node };
  });
}
