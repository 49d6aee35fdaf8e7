import { handlePublic } from "#lib/server/handle.ts";

export const GET = handlePublic(async () => ({ status: "live" }));
