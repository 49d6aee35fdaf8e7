import { handlePublic } from "#lib/server/handle.ts";
import { getMe } from "#lib/server/services/account/me.ts";

export const GET = handlePublic(getMe);
