import { handle } from "#lib/server/handle.ts";
import { deleteRule, getRule, putRule } from "#lib/server/services/alert-rules/own.ts";

export const GET = handle(getRule);
export const PUT = handle(putRule);
export const DELETE = handle(deleteRule);
