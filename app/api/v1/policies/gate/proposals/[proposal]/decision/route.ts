import { handle } from "#lib/server/handle.ts";
import { decideProposal } from "#lib/server/services/gate-policy/decide-proposal.ts";

export const POST = handle(decideProposal);
