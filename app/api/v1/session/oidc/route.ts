import { beginOidc } from "#lib/server/auth/oidc/begin.ts";
import { handlePublic } from "#lib/server/handle.ts";

export const POST = handlePublic(beginOidc);
