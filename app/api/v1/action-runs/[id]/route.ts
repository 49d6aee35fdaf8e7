import { handle } from "#lib/server/handle.ts";
import { getRun } from "#lib/server/services/runbook-actions/list.ts";

export const GET = handle(getRun);
