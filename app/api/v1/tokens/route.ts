import { handle } from "#lib/server/handle.ts";
import { createToken } from "#lib/server/services/tokens/create.ts";
import { listTokens } from "#lib/server/services/tokens/list.ts";

export const GET = handle(listTokens);
export const POST = handle(createToken);
