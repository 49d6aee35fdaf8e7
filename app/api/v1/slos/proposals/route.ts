import { handle } from "#lib/server/handle.ts";
import { proposeSlos } from "#lib/server/services/slos/propose.ts";

export const GET = handle(proposeSlos);
