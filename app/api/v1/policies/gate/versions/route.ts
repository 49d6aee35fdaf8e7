import { handle } from "#lib/server/handle.ts";
import { listGatePolicies } from "#lib/server/services/gate-policy/show.ts";

export const GET = handle(listGatePolicies);
