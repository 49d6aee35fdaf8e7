import { handle } from "#lib/server/handle.ts";
import { writeGenerated } from "#lib/server/services/slos/generated.ts";

export const GET = handle(writeGenerated);
