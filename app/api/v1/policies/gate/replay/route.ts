import { handle } from "#lib/server/handle.ts";
import { replayPolicy } from "#lib/server/services/gate-policy/replay.ts";

export const POST = handle(replayPolicy);
