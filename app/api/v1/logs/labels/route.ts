import { handle } from "#lib/server/handle.ts";
import { listLogLabel } from "#lib/server/services/logs/labels.ts";

export const GET = handle(listLogLabel);
