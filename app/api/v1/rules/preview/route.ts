import { handle } from "#lib/server/handle.ts";
import { previewRule } from "#lib/server/services/alert-rules/preview.ts";

export const POST = handle(previewRule);
