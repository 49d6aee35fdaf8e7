import { handle } from "#lib/server/handle.ts";
import { proposePolicy } from "#lib/server/services/gate-policy/propose.ts";
import { listProposals } from "#lib/server/services/gate-policy/show.ts";

export const GET = handle(listProposals);
export const POST = handle(proposePolicy);
