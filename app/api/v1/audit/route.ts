import { handle } from "#lib/server/handle.ts";
import { listAudit } from "#lib/server/services/audit/list.ts";

export const GET = handle(listAudit);
