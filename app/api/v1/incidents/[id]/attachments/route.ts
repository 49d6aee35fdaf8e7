import { handle } from "#lib/server/handle.ts";
import { attachFile } from "#lib/server/services/incidents/attachments/attach.ts";
import { fileBody } from "#lib/server/services/incidents/attachments/file-body.ts";

export const POST = handle(attachFile, fileBody);
