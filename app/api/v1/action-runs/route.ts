import { handle } from "#lib/server/handle.ts";
import { listRuns } from "#lib/server/services/runbook-actions/list.ts";

export const GET = handle(listRuns);
