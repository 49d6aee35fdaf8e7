import { handlePublic } from "#lib/server/handle.ts";
import { signInWithSecondFactor } from "#lib/server/services/account/second-factor-sign-in.ts";

export const POST = handlePublic(signInWithSecondFactor);
