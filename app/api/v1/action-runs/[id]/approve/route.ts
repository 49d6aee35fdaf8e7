import { handle } from "#lib/server/handle.ts";
import { approveRun } from "#lib/server/services/runbook-actions/approve.ts";

export const POST = handle(approveRun);
