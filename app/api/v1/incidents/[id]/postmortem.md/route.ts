import { handle } from "#lib/server/handle.ts";
import { exportMarkdown } from "#lib/server/services/postmortems/export.ts";

export const GET = handle(exportMarkdown);
