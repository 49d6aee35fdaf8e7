import { handle } from "#lib/server/handle.ts";
import { showKey } from "#lib/server/services/runbook-actions/key.ts";

export const GET = handle(showKey);
