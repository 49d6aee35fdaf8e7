import { finishOidc } from "#lib/server/auth/oidc/finish.ts";
import { handlePublic } from "#lib/server/handle.ts";

export const GET = handlePublic(finishOidc);
