import { handle } from "#lib/server/handle.ts";
import { resetPassword } from "#lib/server/services/people/reset-password.ts";

export const POST = handle(resetPassword);
