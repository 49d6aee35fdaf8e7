import { Nothing } from "#lib/contracts/api.ts";
import { handle } from "#lib/server/handle.ts";

export const GET = handle({ input: Nothing }, async () => ({ status: "live" }));
