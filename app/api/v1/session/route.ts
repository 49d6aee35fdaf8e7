import { handlePublic } from "#lib/server/handle.ts";
import { signIn } from "#lib/server/services/account/sign-in.ts";
import { signOut } from "#lib/server/services/account/sign-out.ts";

export const POST = handlePublic(signIn);
export const DELETE = handlePublic(signOut);
