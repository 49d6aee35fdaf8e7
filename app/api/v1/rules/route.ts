import { handle } from "#lib/server/handle.ts";
import { listRules } from "#lib/server/services/alert-rules/list.ts";
import { createRule } from "#lib/server/services/alert-rules/own.ts";

export const GET = handle(listRules);
export const POST = handle(createRule);
