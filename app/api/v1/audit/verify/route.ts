import { handle } from "#lib/server/handle.ts";
import { verifyAudit } from "#lib/server/services/audit/verify.ts";

export const GET = handle(verifyAudit);
