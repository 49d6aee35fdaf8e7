import { handle } from "#lib/server/handle.ts";
import { importSlos } from "#lib/server/services/slos/import.ts";

export const POST = handle(importSlos);
