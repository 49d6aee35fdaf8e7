import { handle } from "#lib/server/handle.ts";
import { exportHtml } from "#lib/server/services/postmortems/export.ts";

export const GET = handle(exportHtml);
