import { handle } from "#lib/server/handle.ts";
import { approveRelease } from "#lib/server/services/releases/approve.ts";

export const POST = handle(approveRelease);
