import { handle } from "#lib/server/handle.ts";
import { revokeToken } from "#lib/server/services/tokens/revoke.ts";

export const DELETE = handle(revokeToken);
