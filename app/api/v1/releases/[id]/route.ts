import { handle } from "#lib/server/handle.ts";
import { getRelease } from "#lib/server/services/releases/get.ts";

export const GET = handle(getRelease);
