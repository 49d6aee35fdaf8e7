import { handle } from "#lib/server/handle.ts";
import { refuseRun } from "#lib/server/services/runbook-actions/refuse.ts";

export const POST = handle(refuseRun);
