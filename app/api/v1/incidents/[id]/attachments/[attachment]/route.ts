import { handle } from "#lib/server/handle.ts";
import { downloadAttachment } from "#lib/server/services/incidents/attachments/download.ts";

export const GET = handle(downloadAttachment);
