import { handle } from "#lib/server/handle.ts";
import { askRun } from "#lib/server/services/runbook-actions/ask.ts";

export const POST = handle(askRun);
