import { handle } from "#lib/server/handle.ts";
import { exportSlo } from "#lib/server/services/slos/export.ts";

export const GET = handle(exportSlo);
