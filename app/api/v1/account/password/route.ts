import { handle } from "#lib/server/handle.ts";
import { changePassword } from "#lib/server/services/account/change-password.ts";

export const POST = handle(changePassword);
