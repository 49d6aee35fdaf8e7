import { handle } from "#lib/server/handle.ts";
import { previewSilence } from "#lib/server/services/silences/create.ts";

export const POST = handle(previewSilence);
