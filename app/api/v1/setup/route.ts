import { handlePublic } from "#lib/server/handle.ts";
import { setUp } from "#lib/server/services/account/set-up.ts";

export const POST = handlePublic(setUp);
