import { handle } from "#lib/server/handle.ts";
import { exportAudit } from "#lib/server/services/audit/export.ts";

export const GET = handle(exportAudit);
