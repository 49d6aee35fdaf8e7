import { handle } from "#lib/server/handle.ts";
import { exportDecisions } from "#lib/server/services/decisions/export.ts";

export const GET = handle(exportDecisions);
