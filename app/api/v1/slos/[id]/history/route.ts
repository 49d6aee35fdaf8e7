import { handle } from "#lib/server/handle.ts";
import { getSloHistory } from "#lib/server/services/slos/history.ts";

export const GET = handle(getSloHistory);
