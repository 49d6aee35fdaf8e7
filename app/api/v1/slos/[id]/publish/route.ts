import { handle } from "#lib/server/handle.ts";
import { publishSlo } from "#lib/server/services/slos/publish.ts";

export const POST = handle(publishSlo);
