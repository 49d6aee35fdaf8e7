import { handle } from "#lib/server/handle.ts";
import { previewSlo } from "#lib/server/services/slos/preview.ts";

export const POST = handle(previewSlo);
