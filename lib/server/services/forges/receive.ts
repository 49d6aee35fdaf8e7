import "server-only";
import { z } from "zod";
import type { EventReceived, ForgeName } from "#lib/contracts/forges.ts";
import { read } from "#lib/server/db/client.ts";
import { keepHeld } from "#lib/server/db/forge-deployment.repo.ts";
import { AppError } from "#lib/server/errors.ts";
import { forges } from "#lib/server/forges/registry.ts";
import { type Caller, readBytes } from "#lib/server/handle.ts";

const Raw = z.object({ body: z.instanceof(Uint8Array) });

/** The body as it was signed. */
export async function readSigned(request: Request): Promise<Record<string, unknown>> {
  return { body: await readBytes(request) };
}

/**
 * Takes an event of a forge: proven, written down, answered; whatever it leads to happens later, so that nothing is lost
 * with this process. @throws `unauthenticated` for what the forge did not send, `invalid`, `unavailable`
 */
export function receiveFrom(name: ForgeName) {
  return async (input: unknown, { headers }: Caller): Promise<EventReceived | Response> => {
    const { body } = Raw.parse(input);
    const forge = forges()[name];
    if (!forge) throw new AppError("unauthenticated", `BURNLINE_FORGES names no ${name}`);
    if (!forge.isGenuine(headers, body)) {
      throw new AppError("unauthenticated", "the body is not proven to come from where it should");
    }
    const held = forge.read(headers, body);
    if (!held) return new Response(null, { status: 204 });
    await read((tx) => keepHeld(tx, name, held));
    return { received: true };
  };
}
