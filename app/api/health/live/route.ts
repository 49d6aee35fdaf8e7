import { handle } from "#lib/server/handle.ts";

export const GET = handle(async () => ({ status: "live" }));
